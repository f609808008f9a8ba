using System.Text;
using Cairn.Core.Tables;

namespace Cairn.Core.Flows.Scanning;

/// <summary>What a scan needs from outside.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Fields">Fields in each row of its batches.</param>
/// <param name="Fill">Opens a table of the workbench to be filled.</param>
/// <param name="Column">Describes a column of a table (its term, separators of lists).</param>
/// <param name="Keys">The keys of another table that a filter wants.</param>
/// <param name="MostBytes">Memory one step may use to remember rows.</param>
internal sealed record ScanSetup(
    string Source, int Fields, RowHash Hash, Func<WorkTable, ITableFill> Fill, Func<string, string, TableColumn> Column, Func<KeyFilter, FingerprintSet> Keys, long MostBytes);

/// <summary>What a scan counted, by itself: nothing here comes from the source's own report.</summary>
internal sealed class ScanResult
{
    /// <summary>Rows that came in.</summary>
    public long RootRows { get; set; }

    /// <summary>Rows of the source's own table that went to the workbench, when not all did.</summary>
    public long? RootLanded { get; set; }
    public List<Account> Accounts { get; } = [];
    public List<Problem> Findings { get; } = [];
    public List<CheckResult> Checks { get; } = [];
    public List<FigureValue> Figures { get; } = [];
    public List<MissedRows> Missed { get; } = [];
    public Dictionary<string, LandingCount> Landings { get; } = [];
}

/// <param name="Landed">Rows on the workbench.</param>
/// <param name="NotWanted">Rows whose key no later step can match.</param>
/// <param name="Rows">Rows of the table.</param>
internal sealed record LandingCount(long Landed, long NotWanted, long Rows);

/// <summary>
/// Does a source's fused steps while it is read: each row goes once through the tree of branches, depth first, and only what later steps need is
/// copied out of the batch (late materialisation; Abadi, Myers, DeWitt, Madden: "Materialization Strategies in a Column-Oriented DBMS", ICDE 2007).
/// </summary>
internal sealed class Scan
{
    private readonly ScanCursor _cursor = new();
    private readonly ScanBranch _root;
    private readonly EmptyColumns _empty;
    private readonly FilePlace _place;

    public Scan(ScanStage stage, TableLayout layout, ScanSetup setup)
    {
        IEnumerable<SourceColumn> columns = layout.Columns;
        if (stage.Source.Fields is { } fields)
        {
            columns = columns.Where(c => fields.Any(f => f.Name == c.Name));
        }

        var row = new ScanRow(_cursor, [.. columns.Select(OfColumn)]);
        _root = new ScanBranch(stage.Root, null, row, setup);
        _empty = new EmptyColumns(row);
        _place = stage.Source.Place;
    }

    public long Rows { get; private set; }

    public void Take(RowBatch batch)
    {
        _cursor.Batch = batch;
        _root.Prepare(batch);
        for (int row = 0; row < batch.Rows; row++)
        {
            _cursor.Row = row;
            _empty.Add();
            _root.Take();
        }

        Rows += batch.Rows;
    }

    public ScanResult Finish(string table)
    {
        var result = new ScanResult();
        _root.Finish(result);
        if (result.RootRows > 0 && _empty.Names is { Count: > 0 } names)
        {
            result.Findings.Insert(0, new Problem("table/empty-column", ProblemKind.Finding, $"{table}: {Words(names)} empty in every row", _place));
        }

        return result;
    }

    private static string Words(IReadOnlyList<string> names) =>
        names.Count == 1 ? $"column {names[0]} is" : names.Count <= 12 ? $"columns {string.Join(", ", names)} are" : $"{names.Count} columns ({string.Join(", ", names.Take(10))}, ...) are";

    private static Cell OfColumn(SourceColumn column)
    {
        byte[]? fill = column.Default is null ? null : Encoding.UTF8.GetBytes(column.Default);
        return column.Field is { } field ? Cell.OfField(column.Name, field, fill) : Cell.OfConstant(column.Name, fill ?? []);
    }
}
