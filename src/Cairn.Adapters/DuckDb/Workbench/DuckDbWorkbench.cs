using Cairn.Core;
using Cairn.Core.Flows;

namespace Cairn.Adapters.DuckDb.Workbench;

/// <summary>
/// The embedded workbench: a DuckDB file of the run, with a memory limit beyond which it spills into the run's work folder. Each table has
/// <c>_row</c>, which gives its order, and a column <c>_from_NAME</c> for each source, the number of the source row a row came from.
/// </summary>
public sealed class DuckDbWorkbench : IWorkbench
{
    private readonly DuckDbDatabase _database;
    private readonly DuckDbConnection _connection;
    private readonly Dictionary<string, WorkTable> _tables = [];

    /// <param name="folder">For the engine alone; made when it is not there.</param>
    /// <param name="memoryBytes">What the engine may hold in memory; more is spilled.</param>
    public DuckDbWorkbench(string folder, long memoryBytes)
    {
        Directory.CreateDirectory(folder);
        MemoryBytes = memoryBytes;
        _database = DuckDbDatabase.Open(Path.Combine(folder, "tables.duckdb"), new DuckDbOptions(MemoryLimit: memoryBytes, TempDirectory: Path.Combine(folder, "spill"), PreserveInsertionOrder: false));
        _connection = _database.Connect();
        // The file is deleted with its run: putting it in order in between or at the end would cost a tenth of the run for nothing.
        _connection.Execute("SET checkpoint_threshold = '1TB'");
        _connection.Execute("PRAGMA disable_checkpoint_on_shutdown");
    }

    /// <summary>What the engine may hold in memory.</summary>
    internal long MemoryBytes { get; }

    internal DuckDbConnection Connection => _connection;

    public ITableFill Fill(WorkTable table)
    {
        IEnumerable<string> columns = table.Sources.Select(s => Sql.Name(Sql.From(s)) + " BIGINT").Concat(table.Columns.Select(c => Sql.Name(c.Name) + " VARCHAR"));
        _connection.Execute($"CREATE TABLE {Sql.Name(table.Name)} ({Sql.List(columns.Prepend(Sql.Row + " BIGINT"))})");
        _tables[table.Name] = table;
        return new Filling(this, table);
    }

    public StepResult Run(Step step, IReadOnlyList<Parameter> parameters, CancellationToken stop) => Translated(() => new StepRun(this, step, parameters, stop).Run());

    public TableResult Examine(string table, IReadOnlyList<Expectation> checks, IReadOnlyList<Figure> figures, CancellationToken stop) =>
        Translated(() => new Examination(this, Describe(table), stop).Of(checks, figures));

    public ITableRows Rows(string table)
    {
        WorkTable described = Describe(table);
        return new DuckDbRows(_database, described.Columns, $"SELECT {Sql.List(described.Columns.Select(c => AsText(c.Name)))} FROM {Sql.Name(table)} ORDER BY {Sql.Row}", described.Count);
    }

    public ITableRows SourceRows(string table)
    {
        WorkTable described = Describe(table);
        IReadOnlyList<TableColumn> columns = [new TableColumn("row", ColumnType.Integer), .. described.Sources.Select(s => new TableColumn(s, ColumnType.Integer))];
        IEnumerable<string> cells = described.Sources.Select(s => $"CAST({Sql.Name(Sql.From(s))} AS VARCHAR)").Prepend($"CAST(row_number() OVER (ORDER BY {Sql.Row}) AS VARCHAR)");
        return new DuckDbRows(_database, columns, $"SELECT {Sql.List(cells)} FROM {Sql.Name(table)} ORDER BY {Sql.Row}", described.Count);
    }

    public IRowReader Keys(string table, IReadOnlyList<string> columns, CancellationToken stop)
    {
        string filled = Sql.And(columns.Select(c => Sql.Name(c) + " IS NOT NULL"));
        return new DuckDbRows(_database, [.. columns.Select(c => new TableColumn(c, ColumnType.Text))], $"SELECT DISTINCT {Sql.List(columns.Select(AsText))} FROM {Sql.Name(table)} WHERE {filled}", 0).Open(stop);
    }

    public WorkTable Describe(string table) => _tables[table];

    public void Drop(string table)
    {
        _connection.Execute($"DROP TABLE {Sql.Name(table)}");
        _tables.Remove(table);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    internal ITableRows RowsOf(IReadOnlyList<TableColumn> columns, string sql, long count, params object?[] values) => new DuckDbRows(_database, columns, sql, count, values);

    internal void Add(WorkTable table) => _tables[table.Name] = table;

    internal long Count(string sql, CancellationToken stop, params object?[] values) => _connection.Scalar<long>(sql, stop, values);

    internal static string AsText(string column) => $"CAST({Sql.Name(column)} AS VARCHAR)";

    /// <summary>Says in the flow's terms what the engine says in its own.</summary>
    internal static T Translated<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (DuckDbException e) when (e.Kind == DuckDbErrorKind.OutOfMemory)
        {
            throw new ProblemException(new Problem("run/out-of-memory", ProblemKind.Refused, "the working tables need more memory than the run may use, and could not be spilled to disk; nothing was written", Help: "cairn run ... --memory 4GB, or free space in the temporary folder") { Details = [e.Detail] }, e);
        }
        catch (DuckDbException e) when (e.Kind == DuckDbErrorKind.InputOutput)
        {
            throw new ProblemException(new Problem("run/work-folder", ProblemKind.Refused, "the run's working tables could not be read or written; nothing was written to any destination", Help: "cairn doctor") { Details = [e.Detail] }, e);
        }
    }

    private sealed class Filling(DuckDbWorkbench bench, WorkTable table) : ITableFill
    {
        private readonly DuckDbAppender _appender = new(bench._connection, table.Name);
        private bool _open;

        public void Row(long number, ReadOnlySpan<long> sourceRows)
        {
            End();
            _appender.BeginRow();
            _appender.Append(number);
            foreach (long source in sourceRows)
            {
                if (source == 0)
                {
                    _appender.AppendNull();
                }
                else
                {
                    _appender.Append(source);
                }
            }

            _open = true;
        }

        public void Cell(ReadOnlySpan<byte> text)
        {
            if (text.IsEmpty)
            {
                _appender.AppendNull();
            }
            else
            {
                _appender.AppendUtf8(text);
            }
        }

        public long Finish() => Translated(() =>
        {
            End();
            _appender.Close();
            long count = bench.Count($"SELECT count(*) FROM {Sql.Name(table.Name)}", CancellationToken.None);
            bench.Add(table with { Count = count });
            return count;
        });

        public void Dispose() => _appender.Dispose();

        private void End()
        {
            if (_open)
            {
                _appender.EndRow();
                _open = false;
            }
        }
    }
}
