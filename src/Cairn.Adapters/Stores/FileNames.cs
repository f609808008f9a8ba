using System.Text;

namespace Cairn.Adapters.Stores;

/// <summary>Names that people made up, as names of files on any system.</summary>
internal static class FileNames
{
    /// <summary>Letters, digits, <c>_</c>, <c>.</c> and <c>-</c> stay; any run of other characters becomes one <c>-</c>; never empty, never beginning with a dot.</summary>
    public static string Safe(string name, int longest)
    {
        var safe = new StringBuilder(name.Length);
        foreach (char c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '.' || char.IsLetterOrDigit(c))
            {
                safe.Append(c);
            }
            else if (safe.Length > 0 && safe[^1] != '-')
            {
                safe.Append('-');
            }
        }

        string trimmed = safe.ToString().Trim('-', '.');
        trimmed = trimmed.Length > longest ? trimmed[..longest].TrimEnd('-', '.') : trimmed;
        return trimmed.Length == 0 ? "unnamed" : trimmed;
    }
}
