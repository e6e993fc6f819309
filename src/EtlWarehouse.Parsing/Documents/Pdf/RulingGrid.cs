namespace EtlWarehouse.Parsing.Documents.Pdf;

/// <summary>A cell between rulings; rows and columns count from 0.</summary>
/// <param name="IsClosed">A border is drawn on its right side; a place behind the last cell of a shorter row has none.</param>
internal sealed record RuledCell(int Row, int Column, int RowSpan, int ColumnSpan, PdfBox Box, bool IsClosed);

/// <summary>A table as its rulings draw it.</summary>
internal sealed class RulingGrid
{
    /// <summary>Points. Lines nearer to each other than this are one, drawn double or as frames set apart; no text fits between.</summary>
    private const float Near = 4f;

    private const float Gap = 5f;

    /// <summary>A border is there if it is drawn over this share of the cell's side.</summary>
    private const float Covered = 0.6f;

    private readonly float[] xs;
    private readonly float[] ys;
    private readonly int[,] owner;

    private RulingGrid(IReadOnlyList<PdfRuling> rulings)
    {
        xs = Cluster(rulings.SelectMany(ruling => ruling.IsHorizontal ? new[] { ruling.X0, ruling.X1 } : [ruling.X0]));
        ys = Cluster(rulings.SelectMany(ruling => ruling.IsHorizontal ? [ruling.Y0] : new[] { ruling.Y0, ruling.Y1 }));
        owner = new int[Math.Max(0, ys.Length - 1), Math.Max(0, xs.Length - 1)];
        Cells = FindCells(rulings);
    }

    public IReadOnlyList<RuledCell> Cells { get; }

    public PdfBox Box => new(xs[0], ys[0], xs[^1], ys[^1]);

    /// <summary>The tables of a page: each connected set of rulings that makes at least two columns and two cells.</summary>
    public static IReadOnlyList<RulingGrid> FindAll(IReadOnlyList<PdfRuling> rulings)
    {
        // Connected first: the borders of another table on the page must not draw these to themselves.
        return [.. Connected(rulings)
            .Where(group => group.Count > 3)
            .Select(group => new RulingGrid([
                .. Merge([.. group.Where(ruling => ruling.IsHorizontal)], horizontal: true),
                .. Merge([.. group.Where(ruling => !ruling.IsHorizontal)], horizontal: false)]))
            .Where(grid => grid.Cells.Count > 1 && grid.Cells.Any(cell => cell.Column > 0))];
    }

    /// <summary>The cell that holds a place; null outside of the table.</summary>
    public RuledCell? At(float x, float y)
    {
        // A page may have hundreds of small tables, and each asks for each character.
        if (x < xs[0] || x > xs[^1] || y < ys[0] || y > ys[^1])
            return null;
        var column = Band(xs, x);
        var row = Band(ys, y);
        return column < 0 || row < 0 ? null : Cells[owner[row, column] - 1];
    }

    private static int Band(float[] borders, float place)
    {
        var index = Array.BinarySearch(borders, place);
        index = index >= 0 ? index : ~index - 1;
        return index < 0 || index >= borders.Length - 1 ? -1 : index;
    }

    private List<RuledCell> FindCells(IReadOnlyList<PdfRuling> rulings)
    {
        var (rows, columns) = (ys.Length - 1, xs.Length - 1);
        var cells = new List<RuledCell>();
        if (rows < 1 || columns < 1 || (long)rows * columns > 40_000)
            return cells;
        // vertical[r, c]: a border stands left of slot (r, c); horizontal[r, c]: one lies above it.
        var vertical = new bool[rows, columns + 1];
        var horizontal = new bool[rows + 1, columns];
        foreach (var ruling in rulings)
        {
            if (ruling.IsHorizontal)
            {
                var border = Nearest(ys, ruling.Y0);
                for (var column = 0; column < columns; column++)
                    horizontal[border, column] |= Covers(ruling.X0, ruling.X1, xs[column], xs[column + 1]);
            }
            else
            {
                var border = Nearest(xs, ruling.X0);
                for (var row = 0; row < rows; row++)
                    vertical[row, border] |= Covers(ruling.Y0, ruling.Y1, ys[row], ys[row + 1]);
            }
        }

        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                if (owner[row, column] != 0)
                    continue;
                var (right, down) = (column + 1, row + 1);
                while (right < columns && !vertical[row, right] && owner[row, right] == 0)
                    right++;
                while (down < rows && IsOpen(down, column, right, horizontal, vertical))
                    down++;
                cells.Add(new RuledCell(row, column, down - row, right - column, new PdfBox(xs[column], ys[row], xs[right], ys[down]),
                    Enumerable.Range(row, down - row).All(line => vertical[line, right])));
                for (var r = row; r < down; r++)
                {
                    for (var c = column; c < right; c++)
                        owner[r, c] = cells.Count;
                }
            }
        }

        return cells;
    }

    private bool IsOpen(int row, int from, int to, bool[,] horizontal, bool[,] vertical)
    {
        for (var column = from; column < to; column++)
        {
            if (horizontal[row, column] || owner[row, column] != 0 || (column > from && vertical[row, column]))
                return false;
        }

        return true;
    }

    private static bool Covers(float from, float to, float start, float end) =>
        MathF.Min(to, end) - MathF.Max(from, start) >= Covered * (end - start);

    private static int Nearest(float[] borders, float place)
    {
        var index = Array.BinarySearch(borders, place);
        if (index >= 0)
            return index;
        index = ~index;
        if (index == borders.Length)
            return index - 1;
        return index > 0 && place - borders[index - 1] < borders[index] - place ? index - 1 : index;
    }

    private static float[] Cluster(IEnumerable<float> places)
    {
        var clusters = new List<float>();
        var (sum, count, last) = (0f, 0, 0f);
        foreach (var place in places.Order())
        {
            if (count > 0 && place - last > Near)
            {
                clusters.Add(sum / count);
                (sum, count) = (0, 0);
            }

            (sum, count, last) = (sum + place, count + 1, place);
        }

        if (count > 0)
            clusters.Add(sum / count);
        return [.. clusters];
    }

    /// <summary>Joins pieces of one line; borders are often drawn cell by cell, or as dots.</summary>
    private static List<PdfRuling> Merge(List<PdfRuling> rulings, bool horizontal)
    {
        float Place(PdfRuling ruling) => horizontal ? ruling.Y0 : ruling.X0;
        float Start(PdfRuling ruling) => horizontal ? ruling.X0 : ruling.Y0;
        float End(PdfRuling ruling) => horizontal ? ruling.X1 : ruling.Y1;
        PdfRuling Line(float place, float start, float end) => horizontal ? new(start, place, end, place) : new(place, start, place, end);

        var merged = new List<PdfRuling>();
        var places = Cluster(rulings.Select(Place));
        foreach (var line in rulings.GroupBy(ruling => Nearest(places, Place(ruling))))
        {
            var place = places[line.Key];
            PdfRuling? open = null;
            foreach (var piece in line.OrderBy(Start).ThenBy(End))
            {
                if (open is { } sofar && Start(piece) <= End(sofar) + Gap)
                {
                    open = Line(place, Start(sofar), MathF.Max(End(sofar), End(piece)));
                    continue;
                }

                if (open is { } done)
                    merged.Add(done);
                open = Line(place, Start(piece), End(piece));
            }

            if (open is { } last)
                merged.Add(last);
        }

        // What is left of dots and hyphens.
        merged.RemoveAll(ruling => End(ruling) - Start(ruling) < 4);
        return merged;
    }

    private static IEnumerable<List<PdfRuling>> Connected(IReadOnlyList<PdfRuling> rulings)
    {
        var group = Enumerable.Range(0, rulings.Count).ToArray();
        int Root(int index)
        {
            while (group[index] != index)
                index = group[index] = group[group[index]];
            return index;
        }

        for (var first = 0; first < rulings.Count; first++)
        {
            for (var second = first + 1; second < rulings.Count; second++)
            {
                if (Touch(rulings[first], rulings[second]))
                    group[Root(second)] = Root(first);
            }
        }

        return rulings.Select((ruling, index) => (ruling, Root: Root(index))).GroupBy(pair => pair.Root).Select(pairs => pairs.Select(pair => pair.ruling).ToList());
    }

    private static bool Touch(PdfRuling one, PdfRuling other) =>
        one.X0 <= other.X1 + Near && other.X0 <= one.X1 + Near && one.Y0 <= other.Y1 + Near && other.Y0 <= one.Y1 + Near;
}
