using System.Globalization;
using System.Text;

namespace EtlWarehouse.Parsing.Documents.Scans;

/// <summary>One page as a picture: a byte a pixel, 0 is black, row after row from the top.</summary>
internal sealed record GrayBitmap(int Width, int Height, byte[] Pixels)
{
    /// <summary>Sixteen square inches at 1600 dots an inch, or a page of A2 at 300.</summary>
    public const int MostPixels = 40_000_000;

    private const byte White = 255;

    public static GrayBitmap Blank(int width, int height)
    {
        var pixels = new byte[width * height];
        pixels.AsSpan().Fill(White);
        return new GrayBitmap(width, height, pixels);
    }

    /// <summary>Reads a binary PGM (<c>P5</c>) of one byte a pixel; null at the stream's end.</summary>
    /// <exception cref="DocumentRefusedException">The picture is too large, or breaks off.</exception>
    public static GrayBitmap? ReadPgm(Stream stream)
    {
        if (stream.ReadByte() is var first && first < 0)
            return null;
        if (first != 'P' || stream.ReadByte() != '5')
            throw Damaged("another kind of picture");
        var (width, height, most) = (Number(stream), Number(stream), Number(stream));
        if (width <= 0 || height <= 0 || most != 255)
            throw Damaged(string.Create(CultureInfo.InvariantCulture, $"{width} x {height} pixels of up to {most}"));
        if ((long)width * height > MostPixels)
            throw new DocumentRefusedException("document.too_large", $"expected at most {MostPixels} pixels a page, found {width} x {height}");
        var pixels = new byte[width * height];
        if (stream.ReadAtLeast(pixels, pixels.Length, throwOnEndOfStream: false) < pixels.Length)
            throw Damaged("its end too early");
        return new GrayBitmap(width, height, pixels);
    }

    public void WritePgm(Stream stream)
    {
        stream.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P5\n{Width} {Height}\n255\n")));
        stream.Write(Pixels);
    }

    /// <summary>The picture turned about its middle, so that what rose to the right by this angle is level.</summary>
    /// <param name="slope">Tangent of the angle; pixels down for each pixel to the right.</param>
    public GrayBitmap Levelled(float slope)
    {
        var cosine = 1 / MathF.Sqrt(1 + (slope * slope));
        var sine = slope * cosine;
        var (middleX, middleY) = (Width / 2f, Height / 2f);
        var turned = Blank(Width, Height);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var fromX = middleX + (cosine * (x - middleX)) - (sine * (y - middleY));
                var fromY = middleY + (sine * (x - middleX)) + (cosine * (y - middleY));
                var (left, top) = ((int)MathF.Floor(fromX), (int)MathF.Floor(fromY));
                if (left < 0 || top < 0 || left + 1 >= Width || top + 1 >= Height)
                    continue;
                var (right, down) = (fromX - left, fromY - top);
                var at = (top * Width) + left;
                var upper = Pixels[at] + (right * (Pixels[at + 1] - Pixels[at]));
                var lower = Pixels[at + Width] + (right * (Pixels[at + Width + 1] - Pixels[at + Width]));
                turned.Pixels[(y * Width) + x] = (byte)(upper + (down * (lower - upper)) + 0.5f);
            }
        }

        return turned;
    }

    /// <summary>Copies a part of this picture into another one, enlarged.</summary>
    public void CopyTo(GrayBitmap target, PixelBox part, int atX, int atY, float scale)
    {
        for (var y = 0; y < (int)(part.Height * scale); y++)
        {
            for (var x = 0; x < (int)(part.Width * scale); x++)
                target.Pixels[((atY + y) * target.Width) + atX + x] = Sample(part.X0 + (x / scale), part.Y0 + (y / scale));
        }
    }

    /// <summary>Paints a part white.</summary>
    public void Clear(PixelBox part)
    {
        for (var y = Math.Max(0, part.Y0); y < Math.Min(Height, part.Y1); y++)
            Pixels.AsSpan((y * Width) + Math.Max(0, part.X0), Math.Max(0, Math.Min(Width, part.X1) - Math.Max(0, part.X0))).Fill(White);
    }

    private byte Sample(float x, float y)
    {
        var (left, top) = (Math.Clamp((int)x, 0, Width - 2), Math.Clamp((int)y, 0, Height - 2));
        var (right, down) = (x - left, y - top);
        var at = (top * Width) + left;
        var upper = Pixels[at] + (right * (Pixels[at + 1] - Pixels[at]));
        var lower = Pixels[at + Width] + (right * (Pixels[at + Width + 1] - Pixels[at + Width]));
        return (byte)Math.Clamp(upper + (down * (lower - upper)) + 0.5f, 0, 255);
    }

    private static int Number(Stream stream)
    {
        var number = 0;
        var character = stream.ReadByte();
        while (character is ' ' or '\n' or '#')
        {
            while (character == '#' && stream.ReadByte() is var comment && comment >= 0)
                character = comment == '\n' ? comment : character;
            character = stream.ReadByte();
        }

        for (; character is >= '0' and <= '9' && number < 1_000_000; character = stream.ReadByte())
            number = (number * 10) + character - '0';
        return number;
    }

    private static DocumentRefusedException Damaged(string found) =>
        new("document.damaged", $"expected the page as a PGM of gray pixels, found {found}");
}

/// <summary>A rectangle of pixels; <c>X1</c> and <c>Y1</c> are the first outside.</summary>
internal readonly record struct PixelBox(int X0, int Y0, int X1, int Y1)
{
    public int Width => X1 - X0;

    public int Height => Y1 - Y0;
}
