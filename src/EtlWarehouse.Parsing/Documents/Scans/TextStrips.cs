namespace EtlWarehouse.Parsing.Documents.Scans;

/// <summary>
/// Lays pieces of a page out anew, one below the other, so that no line of one cell runs into the next cell's and no row of
/// equal digits is taken for one number. Says afterwards which word came from where.
/// </summary>
internal sealed class TextStrips
{
    /// <summary>A taller picture is begun anew; Tesseract takes at most 32767 rows.</summary>
    private const int MostHeight = 12_000;

    private readonly GrayBitmap page;
    private readonly float scale;
    private readonly int gap;
    private readonly List<(int Picture, PixelBox Place, int Key, PixelBox Part, float Scale)> pieces = [];
    private int picture;
    private int y;

    /// <param name="letter">Height of a usual character of the page in pixels.</param>
    /// <param name="scale">By which the pieces are enlarged.</param>
    public TextStrips(GrayBitmap page, int letter, float scale)
    {
        (this.page, this.scale) = (page, scale);
        y = gap = (int)(letter * scale);
    }

    /// <param name="part">A piece of the page, as tight as its ink.</param>
    /// <param name="ownScale">By which this piece is made smaller: a title's large characters are not recognised among small ones.</param>
    public void Add(int key, PixelBox part, float ownScale = 1)
    {
        var by = scale * ownScale;
        // A few pixels of paper around the ink.
        part = new PixelBox(Math.Max(0, part.X0 - 3), Math.Max(0, part.Y0 - 3), Math.Min(page.Width, part.X1 + 3), Math.Min(page.Height, part.Y1 + 3));
        var (width, height) = ((int)(part.Width * by), (int)(part.Height * by));
        if (y + height + gap > MostHeight && y > gap)
            (picture, y) = (picture + 1, gap);
        pieces.Add((picture, new PixelBox(gap, y, gap + width, y + height), key, part, by));
        y += height + gap;
    }

    /// <summary>The words of each piece, by its key, with their places on the page.</summary>
    public ILookup<int, RecognisedWord> Read(Func<GrayBitmap, IReadOnlyList<RecognisedWord>> read)
    {
        var found = new List<(int Key, RecognisedWord Word)>();
        foreach (var group in pieces.GroupBy(piece => piece.Picture))
        {
            var placed = group.ToList();
            // Tesseract finds lines better where the picture is not much narrower than high.
            var strip = GrayBitmap.Blank(placed.Max(piece => piece.Place.X1) + (4 * gap), placed[^1].Place.Y1 + gap);
            foreach (var piece in placed)
                page.CopyTo(strip, piece.Part, piece.Place.X0, piece.Place.Y0, piece.Scale);
            foreach (var word in read(strip))
            {
                var middle = (word.Box.Y0 + word.Box.Y1) / 2;
                var from = placed.FindIndex(piece => middle >= piece.Place.Y0 - (gap / 2) && middle < piece.Place.Y1 + (gap / 2));
                if (from >= 0)
                    found.Add((placed[from].Key, word with { Box = OnPage(word.Box, placed[from].Place, placed[from].Part, placed[from].Scale) }));
            }
        }

        return found.ToLookup(pair => pair.Key, pair => pair.Word);
    }

    private static PixelBox OnPage(PixelBox word, PixelBox place, PixelBox part, float scale)
    {
        int X(int at) => part.X0 + (int)((at - place.X0) / scale);
        int Y(int at) => part.Y0 + (int)((at - place.Y0) / scale);
        return new PixelBox(X(word.X0), Y(word.Y0), X(word.X1), Y(word.Y1));
    }
}
