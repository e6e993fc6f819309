using System.Text;

namespace EtlWarehouse.Parsing.Documents;

/// <summary>
/// GB 18030 as the encoding standard of the web reads it. .NET has the edition of 2000, which gives private characters for
/// 20 pairs of octets: a full-width blank of old pages, punctuation for vertical lines, and a few letters that Unicode took up later.
/// </summary>
internal static class Gb18030Text
{
    private static readonly Dictionary<char, char> Private = new()
    {
        ['\uE5E5'] = '\u3000',
        ['\uE78D'] = '\uFE10', ['\uE78E'] = '\uFE12', ['\uE78F'] = '\uFE11', ['\uE790'] = '\uFE13', ['\uE791'] = '\uFE14',
        ['\uE792'] = '\uFE15', ['\uE793'] = '\uFE16', ['\uE794'] = '\uFE17', ['\uE795'] = '\uFE18', ['\uE796'] = '\uFE19',
        ['\uE7C7'] = '\u1E3F',
        ['\uE81E'] = '\u9FB4', ['\uE826'] = '\u9FB5', ['\uE82B'] = '\u9FB6', ['\uE82C'] = '\u9FB7',
        ['\uE832'] = '\u9FB8', ['\uE843'] = '\u9FB9', ['\uE854'] = '\u9FBA', ['\uE864'] = '\u9FBB',
    };

    /// <param name="decoded">As .NET decoded it.</param>
    public static string WithoutPrivateUse(string decoded)
    {
        if (decoded.AsSpan().IndexOfAnyInRange('\uE5E5', '\uE864') < 0)
            return decoded;

        var text = new StringBuilder(decoded);
        for (var index = 0; index < text.Length; index++)
        {
            if (Private.TryGetValue(text[index], out var meant))
                text[index] = meant;
        }

        return text.ToString();
    }
}
