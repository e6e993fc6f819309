using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace EtlWarehouse.Benchmarks.Scans;

/// <summary>How badly a page is scanned.</summary>
/// <param name="Dpi">Dots an inch.</param>
/// <param name="Degrees">By which the page lies askew.</param>
/// <param name="Noise">Standard deviation of each pixel's gray.</param>
/// <param name="Quality">Of the JPEG it went through, 1 to 100.</param>
/// <param name="Fade">Share by which ink is paler than black.</param>
internal sealed record ScanFaults(int Dpi, float Degrees, float Noise, int Quality, float Fade)
{
    public static IReadOnlyList<ScanFaults> Usual { get; } =
    [
        new(300, 0, 4, 90, 0), new(300, 1.5f, 10, 60, 0.2f), new(200, 0.3f, 6, 75, 0), new(200, -1.0f, 12, 50, 0.2f),
        new(200, 2.6f, 8, 70, 0.1f), new(150, 0, 4, 80, 0), new(150, -0.6f, 10, 60, 0.1f), new(150, 2.0f, 14, 40, 0.3f),
    ];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Dpi} dpi, {Degrees:0.0} degrees, noise {Noise:0}, JPEG {Quality}, faded {Fade:0.0}");
}

/// <summary>Makes of a clean gray page what a scanner makes of it, and of several pages a PDF of pictures.</summary>
internal static class ScannedPrint
{
    /// <summary>The luminance table of ITU T.81, annex K.</summary>
    private static readonly int[] Quantisation =
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ];

    private static readonly float[,] Cosines = MakeCosines();

    public static byte[] Spoil(byte[] pixels, int width, int height, ScanFaults faults, Random random)
    {
        var turned = Turn(pixels, width, height, faults.Degrees * MathF.PI / 180);
        for (var at = 0; at < turned.Length; at++)
        {
            var gray = 255 - ((255 - turned[at]) * (1 - faults.Fade));
            turned[at] = Clamp(gray - 6 + (faults.Noise * Normal(random)));
        }

        Compress(turned, width, height, faults.Quality);
        return turned;
    }

    /// <summary>A PDF whose pages are pictures of gray pixels and nothing else.</summary>
    public static byte[] ToPdf(IReadOnlyList<(byte[] Pixels, int Width, int Height)> pages, int dpi)
    {
        var pdf = new MemoryStream();
        var starts = new List<long>();
        void Write(FormattableString text) => pdf.Write(Encoding.ASCII.GetBytes(FormattableString.Invariant(text)));
        void Begin()
        {
            starts.Add(pdf.Length);
            Write($"{starts.Count} 0 obj\n");
        }

        Write($"%PDF-1.4\n");
        Begin();
        Write($"<</Type/Catalog/Pages 2 0 R>>\nendobj\n");
        Begin();
        Write($"<</Type/Pages/Count {pages.Count}/Kids[{string.Join(' ', pages.Select((_, index) => $"{3 + (3 * index)} 0 R"))}]>>\nendobj\n");
        foreach (var (pixels, width, height) in pages)
        {
            var (x, y) = (width * 72.0 / dpi, height * 72.0 / dpi);
            Begin();
            Write($"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {x:0.00} {y:0.00}]/Contents {starts.Count + 1} 0 R/Resources<</XObject<</I {starts.Count + 2} 0 R>>>>>>\nendobj\n");
            Begin();
            var draw = string.Create(CultureInfo.InvariantCulture, $"{x:0.00} 0 0 {y:0.00} 0 0 cm /I Do");
            Write($"<</Length {draw.Length}>>stream\n{draw}\nendstream\nendobj\n");
            Begin();
            using var packed = new MemoryStream();
            using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
                zip.Write(pixels);
            Write($"<</Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode/Length {packed.Length}>>stream\n");
            packed.WriteTo(pdf);
            Write($"\nendstream\nendobj\n");
        }

        var table = pdf.Length;
        Write($"xref\n0 {starts.Count + 1}\n0000000000 65535 f \n");
        foreach (var start in starts)
            Write($"{start:0000000000} 00000 n \n");
        Write($"trailer<</Size {starts.Count + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
        return pdf.ToArray();
    }

    private static byte[] Turn(byte[] pixels, int width, int height, float angle)
    {
        var (cosine, sine) = (MathF.Cos(angle), MathF.Sin(angle));
        var turned = new byte[pixels.Length];
        turned.AsSpan().Fill(255);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var fromX = (width / 2f) + (cosine * (x - (width / 2f))) + (sine * (y - (height / 2f)));
                var fromY = (height / 2f) - (sine * (x - (width / 2f))) + (cosine * (y - (height / 2f)));
                var (left, top) = ((int)MathF.Floor(fromX), (int)MathF.Floor(fromY));
                if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height)
                    continue;
                var (right, down, at) = (fromX - left, fromY - top, (top * width) + left);
                var upper = (pixels[at] * (1 - right)) + (pixels[at + 1] * right);
                var lower = (pixels[at + width] * (1 - right)) + (pixels[at + width + 1] * right);
                turned[(y * width) + x] = Clamp((upper * (1 - down)) + (lower * down));
            }
        }

        return turned;
    }

    /// <summary>What a baseline JPEG keeps of each block of eight by eight pixels.</summary>
    private static void Compress(byte[] pixels, int width, int height, int quality)
    {
        var factor = quality < 50 ? 5000 / quality : 200 - (2 * quality);
        var steps = Quantisation.Select(step => (float)Math.Clamp(((step * factor) + 50) / 100, 1, 255)).ToArray();
        var (block, half) = (new float[64], new float[64]);
        for (var y = 0; y + 8 <= height; y += 8)
        {
            for (var x = 0; x + 8 <= width; x += 8)
            {
                for (var at = 0; at < 64; at++)
                    block[at] = pixels[((y + (at / 8)) * width) + x + (at % 8)] - 128;
                Transform(block, half, isInverse: false);
                for (var at = 0; at < 64; at++)
                    block[at] = MathF.Round(block[at] / steps[at]) * steps[at];
                Transform(block, half, isInverse: true);
                for (var at = 0; at < 64; at++)
                    pixels[((y + (at / 8)) * width) + x + (at % 8)] = Clamp(block[at] + 128);
            }
        }
    }

    private static void Transform(float[] block, float[] half, bool isInverse)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            for (var row = 0; row < 8; row++)
            {
                for (var to = 0; to < 8; to++)
                {
                    var sum = 0f;
                    for (var from = 0; from < 8; from++)
                        sum += block[(row * 8) + from] * (isInverse ? Cosines[from, to] : Cosines[to, from]);
                    // Turned over, so that the second pass works on the columns and turns it back.
                    half[(to * 8) + row] = sum;
                }
            }

            half.CopyTo(block, 0);
        }
    }

    private static float[,] MakeCosines()
    {
        var cosines = new float[8, 8];
        for (var frequency = 0; frequency < 8; frequency++)
        {
            for (var place = 0; place < 8; place++)
                cosines[frequency, place] = (frequency == 0 ? MathF.Sqrt(0.125f) : 0.5f) * MathF.Cos(((2 * place) + 1) * frequency * MathF.PI / 16);
        }

        return cosines;
    }

    private static byte Clamp(float gray) => (byte)Math.Clamp(gray + 0.5f, 0, 255);

    // The sum of twelve even numbers is as good as normal.
    private static float Normal(Random random)
    {
        var sum = -6f;
        for (var count = 0; count < 12; count++)
            sum += random.NextSingle();
        return sum;
    }
}
