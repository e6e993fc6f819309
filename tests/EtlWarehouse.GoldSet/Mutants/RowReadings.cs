using System.Globalization;
using EtlWarehouse.GoldSet.Composition;
using EtlWarehouse.Parsing;

namespace EtlWarehouse.GoldSet.Mutants;

/// <summary>
/// Says whether a damaged row can be read at all: tries every way in which its numbers may have come to stand as they do
/// and counts those that contradict no equation of the form, all other rows being known.
/// </summary>
internal sealed class RowReadings(GoldDocument document)
{
    /// <param name="codes">The row's cells in the form's order.</param>
    /// <param name="printed">What is printed now in place of their values, in order.</param>
    public bool AreUnique(IReadOnlyList<string> codes, IReadOnlyList<string> printed)
    {
        var satisfying = Readings(codes.Count, printed).Where(reading => Satisfies(codes, reading)).ToList();
        // An empty cell may stand for any number, but where all numbers are there and confirmed, it is the stranger.
        var whole = satisfying.Where(reading => !reading.Contains(null)).ToList();
        var readings = (whole.Count > 0 && printed.Contains("") ? whole : satisfying)
            .Select(reading => string.Join(' ', reading.Select(value => value?.ToString(CultureInfo.InvariantCulture) ?? "?")))
            .Distinct()
            .ToList();
        return readings.Count == 1;
    }

    /// <summary>Whether the row as it is printed is confirmed by its own sum and a column's: its place is then certain without its label.</summary>
    public bool IsConfirmed(IReadOnlyList<string> codes)
    {
        var values = codes.Select(code => document.Truth[code].Value).ToList();
        return Satisfies(codes, values)
            && document.Form.Checks.Concat(document.Form.OptionalChecks).Count(check => check.Left.Concat(check.Right) is var all && all.Any(codes.Contains)
                && all.All(code => document.Truth.TryGetValue(code, out var known) && known.State == CellState.Reported)) >= 2;
    }

    /// <summary>Whether the values contradict no equation of the form.</summary>
    public bool Satisfies(IReadOnlyList<string> codes, IReadOnlyList<decimal?> values)
    {
        var own = codes.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);
        foreach (var check in document.Form.Checks.Concat(document.Form.OptionalChecks))
        {
            if (Sum(check.Left, own) is { } left && Sum(check.Right, own) is { } right && left != right)
                return false;
        }

        return true;
    }

    private decimal? Sum(IReadOnlyList<string> codes, Dictionary<string, decimal?> own)
    {
        var sum = 0m;
        foreach (var code in codes)
        {
            var value = own.TryGetValue(code, out var assigned) ? assigned
                : document.Truth.TryGetValue(code, out var known) && known.State == CellState.Reported ? known.Value : null;
            if (value is null)
                return null;
            sum += value.Value;
        }

        return sum;
    }

    private static IEnumerable<IReadOnlyList<decimal?>> Readings(int width, IReadOnlyList<string> printed)
    {
        var numbers = printed.Select(Number).ToList();
        if (printed.Count == width)
            yield return numbers;
        if (printed.Count == width + 1)
        {
            for (var index = 0; index < printed.Count; index++)
            {
                // A stranger, or the first half of a number.
                yield return [.. numbers.Where((_, at) => at != index)];
                if (index < width && Number(printed[index] + printed[index + 1]) is { } whole && printed[index] is not ("" or "0"))
                    yield return [.. numbers.Take(index), whole, .. numbers.Skip(index + 2)];
            }
        }

        if (printed.Count != width - 1)
            yield break;
        for (var index = 0; index < width; index++)
        {
            yield return [.. numbers.Take(index), null, .. numbers.Skip(index)];
            var glued = index < printed.Count ? printed[index] : "";
            for (var cut = 1; cut < glued.Length; cut++)
            {
                if (Half(glued[..cut]) is { } first && Half(glued[cut..]) is { } second)
                    yield return [.. numbers.Take(index), first, second, .. numbers.Skip(index + 1)];
            }
        }
    }

    private static decimal? Half(string text) => text.Length > 1 && text[0] == '0' ? null : Number(text);

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
}
