using System.Text;

namespace EtlWarehouse.Crawling.Robots;

/// <summary>One line of a robots.txt that says something.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Key">In lower case, common slips of the pen mended.</param>
/// <param name="Value">One character an octet: which encoding the file has does not matter to comparing addresses.</param>
internal sealed record RobotsLine(int Number, string Key, string Value);

/// <summary>Splits a robots.txt into its lines, whatever ends them.</summary>
internal static class RobotsLines
{
    // No address is longer; what a line has beyond that many octets is cut off.
    private const int LongestLine = (2083 * 8) - 1;

    private static readonly char[] Blanks = [' ', '\t'];

    public static IEnumerable<RobotsLine> Read(byte[] file)
    {
        var number = 0;
        // Half a byte order mark is one that an editor has damaged.
        var start = Encoding.UTF8.Preamble.ToArray().TakeWhile((octet, index) => index < file.Length && file[index] == octet).Count();
        while (start <= file.Length)
        {
            var rest = Array.FindIndex(file, start, octet => octet is (byte)'\n' or (byte)'\r');
            var end = rest < 0 ? file.Length : rest;
            number++;
            if (Split(Encoding.Latin1.GetString(file, start, Math.Min(end - start, LongestLine))) is var (key, value))
                yield return new RobotsLine(number, key, value);
            start = end + 1;
            if (end + 1 < file.Length && file[end] == '\r' && file[end + 1] == '\n')
                start++;
        }
    }

    private static (string Key, string Value)? Split(string line)
    {
        var content = line.Split('#')[0].Trim(' ', '\t', '\v', '\f');
        var at = content.IndexOf(':', StringComparison.Ordinal);
        if (at < 0)
        {
            // The colon is forgotten now and then; two words alone leave no doubt.
            at = content.IndexOfAny(Blanks);
            if (at < 0 || content[at..].Trim(Blanks).IndexOfAny(Blanks) >= 0)
                return null;
        }

        var key = content[..at].Trim().ToLowerInvariant();
        return key.Length == 0 ? null : (Mend(key), content[(at + 1)..].Trim());
    }

    private static string Mend(string key) => key switch
    {
        "useragent" or "user agent" => "user-agent",
        "dissallow" or "dissalow" or "disalow" or "diasllow" or "disallaw" => "disallow",
        _ => key,
    };
}
