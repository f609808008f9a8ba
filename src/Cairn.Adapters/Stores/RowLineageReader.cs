using System.Globalization;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Stores;

/// <summary>Follows one written row back to the source rows it was made of, by the tables that its run kept under <c>rows/</c>.</summary>
public sealed class RowLineageReader(string store)
{
    private readonly RunHistory _history = new(store);

    /// <summary>The row of the file as the latest run wrote it that wrote these bytes.</summary>
    /// <param name="table">Which table, where the file holds several (a Darwin Core Archive); null when it holds one.</param>
    public RowLineage Of(DataVersion output, long row, string? table, RunIndex index)
    {
        DataUse written = index.UsesOf(output.Sha256).LastOrDefault(u => u.Written) ?? throw new ProblemException(
            new Problem("lineage/not-written", ProblemKind.Usage, $"no run on record wrote {output.Path}: rows can be followed back from what a run wrote", new FilePlace(output.Path)));
        RunManifest run = _history.Read(written.Run);
        return Of(run, TableOf(run, written.Data, table), row, written.Data);
    }

    /// <summary>A row of what a run wrote; of its one table, unless one is named.</summary>
    public RowLineage OfRun(RunManifest run, long row, string? table)
    {
        IReadOnlyList<string> tables = [.. run.Report?.Writes.SelectMany(w => w.Tables).Distinct() ?? []];
        return Of(run, table ?? One(tables, $"run {run.Id} wrote"), row);
    }

    /// <summary>A row of a table that a run wrote.</summary>
    public RowLineage Of(RunManifest run, string table, long row, DataVersion? output = null)
    {
        string folder = Path.Combine(_history.FolderOf(run.Folder), "rows");
        string path = TextTableReader.PathOf(folder, table) ?? throw new ProblemException(
            new Problem("lineage/no-rows", ProblemKind.Usage, $"run {run.Id} kept no source rows of {table}", new FilePlace(folder), "a `sql:` step that does not give _row loses them; see `cairn help flow-files`"));
        using var rows = new TextTableReader(path);
        string wanted = row.ToString(CultureInfo.InvariantCulture);
        long count = 0;
        while (rows.Next() is { } cells)
        {
            count++;
            if (cells[0] == wanted)
            {
                return Lineage(run, table, row, output, rows.Columns, cells);
            }
        }

        throw new ProblemException(new Problem("lineage/no-such-row", ProblemKind.Usage, string.Create(CultureInfo.InvariantCulture, $"{table} of run {run.Id} has {count:N0} rows; there is no row {row:N0}"), new RowPlace(table, row)));
    }

    private static RowLineage Lineage(RunManifest run, string table, long row, DataVersion? output, IReadOnlyList<string> columns, IReadOnlyList<string> cells)
    {
        var sources = new List<SourceRow>();
        var without = new List<string>();
        for (int c = 1; c < columns.Count; c++)
        {
            string source = columns[c].StartsWith("_from_", StringComparison.Ordinal) ? columns[c][6..] : columns[c];
            if (long.TryParse(cells[c], NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0)
            {
                TableOrigin? origin = run.Report?.Origins.FirstOrDefault(o => o.Table == source);
                IReadOnlyList<string> files = origin?.Files ?? [];
                sources.Add(new SourceRow(source, number, [.. files.SelectMany(f => run.Inputs.Where(i => i.Path == f).Take(1))]));
            }
            else
            {
                without.Add(source);
            }
        }

        return new RowLineage(run.Folder, table, row, output, sources, without);
    }

    private static string TableOf(RunManifest run, DataVersion output, string? table)
    {
        PlannedWrite? write = run.Report?.Writes.FirstOrDefault(w => output.Path == w.Path || output.Path.StartsWith(w.Path + Path.DirectorySeparatorChar, StringComparison.Ordinal));
        IReadOnlyList<string> tables = write?.Tables ?? [];
        if (table is not null)
        {
            return tables.Contains(table) ? table : throw new ProblemException(
                new Problem("lineage/no-such-table", ProblemKind.Usage, $"run {run.Id} wrote no table `{table}` to {output.Path}", Help: tables.Count == 0 ? null : $"it wrote {string.Join(", ", tables)}"));
        }

        return One(tables, $"{Path.GetFileName(output.Path)} holds");
    }

    private static string One(IReadOnlyList<string> tables, string what) => tables.Count == 1 ? tables[0] : throw new ProblemException(
        new Problem("lineage/which-table", ProblemKind.Usage, $"{what} {tables.Count} tables{(tables.Count == 0 ? "" : ": " + string.Join(", ", tables))}", Help: "name one with --table"));
}
