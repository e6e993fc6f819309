using System.Globalization;
using EtlWarehouse.Parsing.Documents.Scans;
using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Checks;

/// <summary>A number as recognised, before anything confirms it.</summary>
/// <param name="IsTwiceRead">Both readings gave it; else one did, and the shapes of its digits agree with that one only.</param>
/// <param name="Shapes">What each digit can be; null for a number that was not recognised but stated.</param>
internal sealed record RecognisedNumber(string Text, decimal Value, bool IsTwiceRead, DigitInk? Shapes)
{
    /// <summary>Null where the readings and the shapes do not single out one number.</summary>
    public static RecognisedNumber? Of(CellRecognition recognition)
    {
        if (recognition.Shapes is not { } shapes)
            return null;
        var agreeing = new[] { recognition.Text, recognition.Again ?? "" }
            .Select(text => (Text: text, PrintedNumber.Read(text).Value, PrintedNumber.Read(text).Unit))
            .Where(reading => reading.Value is not null && reading.Unit is null && shapes.Agree(reading.Text))
            .ToList();
        return agreeing.Select(reading => reading.Value).Distinct().Count() == 1
            ? new RecognisedNumber(agreeing[0].Text, agreeing[0].Value!.Value, agreeing.Count == 2, shapes)
            : null;
    }

    /// <summary>By how much the number would change if one of its digits were another one of the same shape.</summary>
    public IEnumerable<decimal> Misreadings()
    {
        if (Shapes is null)
            yield break;
        var digit = 0;
        for (var index = 0; index < Text.Length; index++)
        {
            if (!char.IsAsciiDigit(Text[index]))
                continue;
            foreach (var other in Shapes.Digits[digit].Where(other => other != Text[index]))
            {
                var misread = Text[..index] + other + Text[(index + 1)..];
                if (decimal.TryParse(misread.Replace(",", "", StringComparison.Ordinal), NumberStyles.Number, CultureInfo.InvariantCulture, out var value))
                    yield return value - Value;
            }

            digit++;
        }
    }
}
