using System.Collections.Frozen;

namespace Cairn.Adapters.Connectors.DarwinCore;

/// <summary>The terms and classes that Darwin Core archives are made of (terms.txt): short names to full names, namespaces to their usual prefixes.</summary>
internal static class Vocabulary
{
    public const string DarwinCore = "http://rs.tdwg.org/dwc/terms/";
    public const string AudiovisualCore = "http://rs.tdwg.org/ac/terms/";

    private static readonly Lazy<Names> Read = new(Load);

    /// <summary>Short names of all properties, for "did you mean".</summary>
    public static IEnumerable<string> TermNames => Read.Value.Terms.Keys;

    /// <summary>Short names of all classes.</summary>
    public static IEnumerable<string> ClassNames => Read.Value.Classes.Keys;

    /// <summary>
    /// The full name of a property: of a short name (letter case does not count), of one with a prefix (dc:rights), or of a full name, which is
    /// given back as it is. Null when it is not known.
    /// </summary>
    public static string? Term(string name) => Find(name, Read.Value.Terms);

    /// <summary>As <see cref="Term"/>, for a class that rows are of.</summary>
    public static string? Class(string name) => Find(name, Read.Value.Classes);

    /// <summary>Is it a full name?</summary>
    public static bool IsFull(string name) => name.Contains("://", StringComparison.Ordinal) || name.StartsWith("urn:", StringComparison.OrdinalIgnoreCase);

    /// <summary>The last part of a full name, behind the last <c>/</c> or <c>#</c> (of a urn, behind the last <c>:</c>); other names as they are.</summary>
    public static string ShortName(string term)
    {
        string trimmed = term.Trim().TrimEnd('/', '#');
        int at = trimmed.LastIndexOfAny(['/', '#']);
        if (at < 0 && trimmed.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))
        {
            at = trimmed.LastIndexOf(':');
        }

        return trimmed[(at + 1)..];
    }

    /// <summary>The usual prefix of a full name's namespace; null when there is none.</summary>
    public static string? Prefix(string term)
    {
        string trimmed = term.Trim();
        int at = trimmed.LastIndexOfAny(['/', '#']);
        return at < 0 ? null : Read.Value.Prefixes.GetValueOrDefault(trimmed[..(at + 1)]);
    }

    private static string? Find(string name, FrozenDictionary<string, string> names)
    {
        name = name.Trim();
        if (IsFull(name))
        {
            return name;
        }

        int colon = name.IndexOf(':');
        return colon < 0
            ? names.GetValueOrDefault(name)
            : Read.Value.Namespaces.TryGetValue(name[..colon], out string? space) && colon + 1 < name.Length ? space + name[(colon + 1)..] : null;
    }

    private static Names Load()
    {
        var terms = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var classes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var prefixes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var namespaces = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string space = "";
        using var reader = new StreamReader(typeof(Vocabulary).Assembly.GetManifestResourceStream("Cairn.Adapters.Connectors.DarwinCore.terms.txt")!);
        while (reader.ReadLine() is { } line)
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case [] or ["#", ..]:
                    break;
                case ["@", var prefix, var uri]:
                    space = uri;
                    prefixes[uri] = prefix;
                    namespaces.TryAdd(prefix, uri);
                    break;
                case ["classes", .. var names]:
                    foreach (string name in names)
                    {
                        classes.TryAdd(name, space + name);
                    }

                    break;
                default:
                    foreach (string name in words)
                    {
                        terms.TryAdd(name, space + name);
                    }

                    break;
            }
        }

        return new Names(
            terms.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase), classes.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
            prefixes.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase), namespaces.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase));
    }

    private sealed record Names(
        FrozenDictionary<string, string> Terms, FrozenDictionary<string, string> Classes, FrozenDictionary<string, string> Prefixes, FrozenDictionary<string, string> Namespaces);
}
