using System.Globalization;
using System.Text;

namespace EtlWarehouse.Parsing.Documents.Scans;

/// <summary>A word as Tesseract recognised it.</summary>
/// <param name="Line">Words of one line have the same number.</param>
internal readonly record struct RecognisedWord(string Text, PixelBox Box, int Line);

/// <summary>Runs Tesseract on pictures of ours and reads its table of words.</summary>
internal sealed class Tesseract : IDisposable
{
    public const string Chinese = "chi_sim";

    public const string Digits = "eng";

    private const string DigitsOnly = "0123456789.,-";

    private const long MostOutput = 32L << 20;

    private readonly ExternalTool tool = new([], "none");

    private int pictures;

    /// <param name="language">A model: <see cref="Chinese"/>, or <see cref="Digits"/>, which gives digits only.</param>
    /// <param name="limit">What is left of the document's time.</param>
    /// <returns>Words in the order of the picture's lines.</returns>
    /// <exception cref="DocumentRefusedException">The program or its model is missing, too slow, or fails.</exception>
    public IReadOnlyList<RecognisedWord> Read(GrayBitmap picture, string language, TimeSpan limit)
    {
        var file = Path.Combine(tool.Folder, string.Create(CultureInfo.InvariantCulture, $"strip-{++pictures}.pgm"));
        using (var stream = File.Create(file))
            picture.WritePgm(stream);
        string[] whitelist = language == Digits ? ["-c", $"tessedit_char_whitelist={DigitsOnly}"] : [];
        try
        {
            var (words, complaint) = tool.Run("tesseract", "tesseract-ocr",
                [file, "-", "-l", language, "--psm", "6", "--dpi", "300", .. whitelist, "tsv"], limit, MostOutput, ReadWords);
            if (complaint is null)
                return words;
            if (complaint.Contains("Failed loading language", StringComparison.Ordinal))
            {
                throw new DocumentRefusedException("document.tool_missing",
                    $"expected Tesseract's model {language} to read a scan, found none; install the Debian package tesseract-ocr-{language.Replace('_', '-')}");
            }

            throw new DocumentRefusedException("document.damaged", $"expected Tesseract to read the page, found '{complaint}'");
        }
        finally
        {
            File.Delete(file);
        }
    }

    public void Dispose() => tool.Dispose();

    private static List<RecognisedWord> ReadWords(Stream output)
    {
        using var lines = new StreamReader(output, new UTF8Encoding(false));
        var words = new List<RecognisedWord>();
        var number = 0;
        while (lines.ReadLine() is { } line)
        {
            // level page block paragraph line word left top width height confidence text; level 4 begins a line, 5 is a word.
            var fields = line.Split('\t');
            number += fields[0] == "4" ? 1 : 0;
            if (fields.Length < 12 || fields[0] != "5" || string.IsNullOrWhiteSpace(fields[11]))
                continue;
            var (left, top) = (Number(fields[6]), Number(fields[7]));
            words.Add(new RecognisedWord(
                fields[11].Trim(), new PixelBox(left, top, left + Number(fields[8]), top + Number(fields[9])), number));
        }

        return words;
    }

    private static int Number(string field) => int.Parse(field, NumberStyles.Integer, CultureInfo.InvariantCulture);
}
