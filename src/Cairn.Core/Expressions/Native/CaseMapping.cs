using System.Text;

namespace Cairn.Core.Expressions.Native;

/// <summary>Lower and upper case of single code points, the same as DuckDB's (tests compare all of them).</summary>
internal static class CaseMapping
{
    public static Rune ToLower(Rune rune) => Rune.ToLowerInvariant(rune);

    public static Rune ToUpper(Rune rune) => Rune.ToUpperInvariant(rune);
}
