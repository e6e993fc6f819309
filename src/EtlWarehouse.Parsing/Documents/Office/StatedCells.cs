using System.Xml;

namespace EtlWarehouse.Parsing.Documents.Office;

/// <summary>
/// The cells that a workbook's sheets state, with or without a text. A table with borders states its empty cells too, so
/// that a row which lost one is shorter than the others, and a blank value is not a place without a cell.
/// </summary>
internal static class StatedCells
{
    /// <summary>Whole columns can be formatted; beyond this nothing is said of a sheet.</summary>
    internal const int Most = 150_000;

    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <returns>For each sheet of a .xlsx, in its order, the cells' rows and columns from 0.</returns>
    /// <exception cref="DocumentRefusedException">A part is not XML.</exception>
    public static IReadOnlyList<IReadOnlySet<(int Row, int Column)>> Read(ZipContainer container)
    {
        if (container.Find("xl/workbook.xml") is not { } workbook || container.Find("xl/_rels/workbook.xml.rels") is not { } relations)
            return [];
        var targets = Elements(container.Read(relations), "Relationship", xml => (Id: xml.GetAttribute("Id"), Target: xml.GetAttribute("Target")))
            .Where(relation => relation is { Id: not null, Target: not null }).GroupBy(relation => relation.Id!).ToDictionary(same => same.Key, same => same.First().Target!);
        return
        [
            .. Elements(container.Read(workbook), "sheet", xml => xml.GetAttribute("id", Relations)).Select(id =>
                id is not null && targets.TryGetValue(id, out var target)
                && container.Find(target.StartsWith('/') ? target[1..] : "xl/" + target) is { } part ? Cells(container.Read(part)) : new HashSet<(int, int)>()),
        ];
    }

    private static HashSet<(int Row, int Column)> Cells(byte[] sheet)
    {
        var cells = new HashSet<(int, int)>();
        foreach (var name in Elements(sheet, "c", xml => xml.GetAttribute("r")))
        {
            if (name is not null && Place(name) is { } place)
                cells.Add(place);
            if (cells.Count > Most)
                return [];
        }

        return cells;
    }

    private static IEnumerable<T> Elements<T>(byte[] part, string name, Func<XmlReader, T> take)
    {
        using var xml = OfficeXml.Open(new MemoryStream(part, writable: false));
        while (Next())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == name)
                yield return take(xml);
        }

        bool Next()
        {
            try
            {
                return xml.Read();
            }
            catch (XmlException exception)
            {
                throw OfficeXml.Damaged(exception);
            }
        }
    }

    /// <summary>A cell's name as <c>C7</c>; null for anything else.</summary>
    private static (int Row, int Column)? Place(string name)
    {
        var letters = name.TakeWhile(char.IsAsciiLetterUpper).Count();
        if (letters is 0 or > 3 || !int.TryParse(name.AsSpan(letters), out var row) || row < 1)
            return null;
        return (row - 1, name.Take(letters).Aggregate(0, (column, letter) => (column * 26) + letter - 'A' + 1) - 1);
    }
}
