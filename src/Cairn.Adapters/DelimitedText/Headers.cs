using Cairn.Core;
using Cairn.Core.Tables;

namespace Cairn.Adapters.DelimitedText;

/// <summary>The names a header gives to columns.</summary>
internal static class Headers
{
    /// <summary>
    /// Columns of unique names: a name met again becomes name_2, name_3; a blank one column_ and its number. Both are told in findings.
    /// </summary>
    public static TableLayout Layout(IReadOnlyList<string> names, string file, long line)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var written = new HashSet<string>(names, StringComparer.Ordinal);
        var columns = new List<SourceColumn>(names.Count);
        var findings = new List<Problem>();
        for (int i = 0; i < names.Count; i++)
        {
            string name = names[i].Length == 0 ? $"column_{i + 1}" : names[i];
            string unique = name;
            for (int n = 2; taken.Contains(unique) || (unique != names[i] && written.Contains(unique)); n++)
            {
                unique = $"{name}_{n}";
            }

            taken.Add(unique);
            columns.Add(new SourceColumn(unique, i));
            if (names[i].Length == 0)
            {
                findings.Add(Finding("delimited/column-without-name", $"column {i + 1} of {file} has no name; it is called {unique}"));
            }
            else if (unique != name)
            {
                findings.Add(Finding("delimited/two-columns-one-name", $"{file} has more than one column `{name}`; column {i + 1} is called {unique}"));
            }
        }

        return new TableLayout(columns, names.Count) { Findings = findings };

        Problem Finding(string code, string message) => new(code, ProblemKind.Finding, message, new FilePlace(file, (int)line));
    }

    /// <summary>The first difference of two headers in words; null when they agree.</summary>
    public static string? Difference(IReadOnlyList<string> expected, IReadOnlyList<string> found)
    {
        for (int i = 0; i < Math.Min(expected.Count, found.Count); i++)
        {
            if (expected[i] != found[i])
            {
                return $"column {i + 1} is `{found[i]}`, not `{expected[i]}`";
            }
        }

        return expected.Count == found.Count ? null : $"it has {found.Count} columns, not {expected.Count}";
    }

    public static ProblemException Empty(string file) => new(new Problem("delimited/empty-file", ProblemKind.Refused, $"{file} is empty: not even a header stands in it", new FilePlace(file),
        "fetch or export the file again"));
}
