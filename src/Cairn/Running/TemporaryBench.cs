using Cairn.Adapters.DuckDb.Workbench;
using Cairn.Core.Expressions;
using Cairn.Core.Flows;

namespace Cairn.Running;

/// <summary>A workbench in a folder outside the run's (setting <c>temp</c>), which goes with it.</summary>
internal sealed class TemporaryBench(string folder, long memory) : IWorkbench
{
    private readonly DuckDbWorkbench _bench = new(folder, memory);

    public ITableFill Fill(WorkTable table) => _bench.Fill(table);

    public StepResult Run(Step step, IReadOnlyList<Parameter> parameters, CancellationToken stop) => _bench.Run(step, parameters, stop);

    public TableResult Examine(string table, IReadOnlyList<Expectation> checks, IReadOnlyList<Figure> figures, CancellationToken stop) => _bench.Examine(table, checks, figures, stop);

    public ITableRows Rows(string table) => _bench.Rows(table);

    public ITableRows SourceRows(string table) => _bench.SourceRows(table);

    public IRowReader Keys(string table, IReadOnlyList<string> columns, CancellationToken stop) => _bench.Keys(table, columns, stop);

    public WorkTable Describe(string table) => _bench.Describe(table);

    public void Drop(string table) => _bench.Drop(table);

    public void Dispose()
    {
        _bench.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
