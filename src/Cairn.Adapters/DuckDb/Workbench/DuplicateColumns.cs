using System.Globalization;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Flows.Scanning;

namespace Cairn.Adapters.DuckDb.Workbench;

/// <summary>Finds, over a table whose distinct rows stand in another, the column whose values differ most in their share of duplicates.</summary>
internal static class DuplicateColumns
{
    /// <param name="kept">A table of the numbers of the rows that are kept, as <c>first</c>.</param>
    public static Problem Finding(StepRun run, WorkTable table, string kept, long rows, long gone)
    {
        string source = Sql.Name(table.Name);
        string?[] sizes = run.Read($"SELECT {Sql.List(table.Columns.Select(c => $"approx_count_distinct({Sql.Name(c.Name)})"))} FROM {source}")[0];
        var told = new List<GroupedDuplicates>();
        foreach (TableColumn column in table.Columns.Where((_, i) => long.Parse(sizes[i]!, CultureInfo.InvariantCulture) is > 0 and <= DuplicateFinding.MostGroups))
        {
            string name = Sql.Name("t", column.Name);
            IReadOnlyList<string?[]> groups = run.Read(
                $"SELECT coalesce(CAST({name} AS VARCHAR), ''), count(*), count(*) - count(k.first) FROM {source} AS t LEFT JOIN {kept} AS k ON t.{Sql.Row} = k.first GROUP BY 1");
            told.Add(new GroupedDuplicates(column.Name, [.. groups.Select(g => new DuplicateGroup(g[0]!, Number(g[1]), Number(g[2])))]));
        }

        return DuplicateFinding.Of(run.Step, rows, gone, DuplicateFinding.Best(told.Where(t => t.Groups.Count <= DuplicateFinding.MostGroups)));
    }

    private static long Number(string? text) => long.Parse(text!, CultureInfo.InvariantCulture);
}
