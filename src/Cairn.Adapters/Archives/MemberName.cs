using Cairn.Core;

namespace Cairn.Adapters.Archives;

/// <summary>
/// Names of archive members. Nothing is ever written under them, but they become cells that later steps may use as paths, so a name that leads
/// out of its folder is refused with its archive.
/// </summary>
internal static class MemberName
{
    /// <summary>
    /// The name with <c>/</c> between its parts and without empty and <c>.</c> parts. Backslashes, which old zip writers used, count as <c>/</c>, also
    /// one at the start. Throws <see cref="ProblemException"/> for an absolute name, a drive, a <c>..</c> part, a NUL.
    /// </summary>
    public static string Checked(string name, string archive)
    {
        string? reason = name switch
        {
            "" => "is empty",
            _ when name.Contains('\0') => "holds a NUL",
            _ when name[0] == '/' || name.StartsWith(@"\\", StringComparison.Ordinal) => "is absolute",
            _ when name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0]) => "begins with a drive",
            _ => null,
        };
        string[] parts = name.Split('/', '\\');
        if (reason is null && parts.Contains(".."))
        {
            reason = "leads out of the archive's folder";
        }

        if (reason is not null)
        {
            throw new ProblemException(new Problem("archive/unsafe-name", ProblemKind.Refused, $"{archive}: the name of the member {Shown(name)} {reason}; the archive was not read",
                new FilePlace(archive), "ask its maker for a sound one, or pack the files again under plain names"));
        }

        return string.Join('/', parts.Where(part => part is not ("" or ".")));
    }

    /// <summary>Files that macOS adds and that belong to no data: the <c>__MACOSX</c> folder, <c>.DS_Store</c>, and <c>._</c> twins.</summary>
    public static bool IsLitter(string name)
    {
        ReadOnlySpan<char> file = name.AsSpan(name.LastIndexOf('/') + 1);
        return file is ".DS_Store" || file.StartsWith("._") || name.StartsWith("__MACOSX/", StringComparison.Ordinal) || name.Contains("/__MACOSX/", StringComparison.Ordinal);
    }

    /// <summary>As a message shows it: in quotes, control characters replaced, not longer than a line.</summary>
    public static string Shown(string name)
    {
        string plain = string.Concat(name.Select(c => char.IsControl(c) ? '\uFFFD' : c));
        return plain.Length > 120 ? $"\"{plain[..117]}...\"" : $"\"{plain}\"";
    }
}
