using System.Text;

namespace Cairn.Core.Expressions.Native;

/// <summary>
/// Lower and upper case of single code points as DuckDB maps them, whose tables are those of Unicode 15. .NET's are of Unicode 16 and leave out, without
/// regard to language, what is special in Turkish. A test compares every code point, so an update of either shows.
/// </summary>
internal static class CaseMapping
{
    public static Rune ToLower(Rune rune) => rune.Value switch
    {
        0x0130 => new Rune('i'),
        0x1C89 or 0xA7CB or 0xA7CC or 0xA7DA or 0xA7DC or (>= 0x10D50 and <= 0x10D65) => rune,
        _ => Rune.ToLowerInvariant(rune),
    };

    public static Rune ToUpper(Rune rune) => rune.Value switch
    {
        0x00DF => new Rune(0x1E9E),
        0x0131 => new Rune('I'),
        0x017F => new Rune('S'),
        0x019B or 0x0264 or 0x1C8A or 0xA7CD or 0xA7DB or (>= 0x10D70 and <= 0x10D85) => rune,
        _ => Rune.ToUpperInvariant(rune),
    };
}
