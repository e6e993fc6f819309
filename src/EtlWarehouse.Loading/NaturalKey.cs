using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EtlWarehouse.Loading;

/// <summary>Surrogate keys that come from what they stand for, so that loading in any order gives the same ones.</summary>
/// <remarks>The database's <c>dw.natural_key</c> computes the same.</remarks>
public static class NaturalKey
{
    /// <summary>The leading 63 bits of a SHA-256.</summary>
    /// <param name="sha256">64 hexadecimal digits.</param>
    /// <exception cref="FormatException">These are no 64 hexadecimal digits.</exception>
    public static long OfSha256(string sha256)
    {
        ArgumentNullException.ThrowIfNull(sha256);
        if (sha256.Length != 64 || !ulong.TryParse(sha256.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var leading))
            throw new FormatException($"expected a SHA-256 as 64 hexadecimal digits, found '{sha256}'");
        return (long)(leading & long.MaxValue);
    }

    public static long OfText(string text) => OfSha256(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
}
