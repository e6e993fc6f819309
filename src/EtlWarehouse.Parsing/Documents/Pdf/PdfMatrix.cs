namespace EtlWarehouse.Parsing.Documents.Pdf;

/// <summary>An affine map as PDF writes it: <c>x' = Ax + Cy + E</c>, <c>y' = Bx + Dy + F</c>.</summary>
internal readonly record struct PdfMatrix(float A, float B, float C, float D, float E, float F)
{
    /// <summary>The side of the square that has the area of the mapped unit square.</summary>
    public float Size => MathF.Sqrt(MathF.Abs((A * D) - (B * C)));

    public (float X, float Y) Apply(float x, float y) => ((A * x) + (C * y) + E, (B * x) + (D * y) + F);

    public PdfMatrix Then(PdfMatrix next) => new(
        (A * next.A) + (B * next.C), (A * next.B) + (B * next.D),
        (C * next.A) + (D * next.C), (C * next.B) + (D * next.D),
        (E * next.A) + (F * next.C) + next.E, (E * next.B) + (F * next.D) + next.F);
}
