using Cairn.Core;

namespace Cairn.Adapters.Connectors.DarwinCore;

/// <summary>Holds a file's own header against its descriptor: where a column is headed by a term that the descriptor maps to another column, one of the two is wrong.</summary>
internal static class HeaderCheck
{
    public static void Look(ArchiveTable table, IReadOnlyList<string> header, string archive, List<Problem> findings)
    {
        if (table.IgnoreHeaderLines == 0)
        {
            return;
        }

        var swapped = new List<string>();
        foreach (ArchiveField field in table.Fields.Where(f => f.Index < header.Count))
        {
            string name = Vocabulary.ShortName(field.Term);
            string heading = Vocabulary.ShortName(header[field.Index!.Value]);
            bool another = !Same(heading, name) && table.Fields.Any(f => f.Index is not null && f.Index != field.Index && Same(Vocabulary.ShortName(f.Term), heading));
            bool alsoRight = table.Fields.Any(f => f.Index == field.Index && Same(Vocabulary.ShortName(f.Term), heading));
            if (another && !alsoRight)
            {
                swapped.Add($"column {field.Index} is headed {heading} and mapped to {name}");
            }
        }

        if (swapped.Count > 0)
        {
            findings.Add(new Problem("darwin-core/header-differs", ProblemKind.Finding, $"{archive}: the header of {table.Locations[0]} and the descriptor disagree on {(swapped.Count == 1 ? "a column" : $"{swapped.Count} columns")}; the descriptor was followed",
                new FilePlace(archive), "look at some rows: cairn peek, and correct the descriptor or the header")
            {
                Details = [.. swapped.Take(10), .. swapped.Count > 10 ? (string[])[$"and {swapped.Count - 10} more"] : []],
            });
        }
    }

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
