using static Cairn.Adapters.DuckDb.DuckDbNative;

namespace Cairn.Adapters.DuckDb;

/// <summary>
/// The rows of a statement, read in chunks of up to 2048: <c>while (result.NextChunk()) for (row = 0; row &lt; result.RowCount; row++) ...</c>.
/// Rows and columns count from 0, rows anew in each chunk. Spans are valid until the next chunk. A getter does not look at NULL: ask
/// <see cref="IsNull"/> first, or use <see cref="Value"/>.
/// </summary>
public sealed class DuckDbResult : IDisposable
{
    private readonly DuckDbConnection connection;
    private readonly CancellationToken stop;
    private readonly DuckDbVector[] vectors;
    private Result result;
    private nint chunk;
    private bool ended;

    internal DuckDbResult(Result result, DuckDbConnection connection, CancellationToken stop)
    {
        this.result = result;
        this.connection = connection;
        this.stop = stop;
        var columns = new DuckDbColumn[(int)duckdb_column_count(ref this.result)];
        vectors = new DuckDbVector[columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            var type = duckdb_column_type(ref this.result, (ulong)i);
            columns[i] = new DuckDbColumn(Text(duckdb_column_name(ref this.result, (ulong)i)), type);
            vectors[i] = new DuckDbVector(type);
        }
        Columns = columns;
        RowsChanged = (long)duckdb_rows_changed(ref this.result);
    }

    public IReadOnlyList<DuckDbColumn> Columns { get; }

    /// <summary>Rows inserted, changed or deleted; 0 for a statement that does none of these.</summary>
    public long RowsChanged { get; }

    /// <summary>Rows of the current chunk.</summary>
    public int RowCount { get; private set; }

    /// <summary>Goes to the next chunk, which has at least one row; false at the end. An error in the middle of a stream is thrown here.</summary>
    public bool NextChunk()
    {
        RowCount = 0;
        while (!ended)
        {
            duckdb_destroy_data_chunk(ref chunk);
            chunk = Fetch();
            if (chunk == 0)
            {
                ended = true;
                return false;
            }
            RowCount = (int)duckdb_data_chunk_get_size(chunk);
            if (RowCount == 0)
            {
                continue;
            }
            for (var i = 0; i < vectors.Length; i++)
            {
                vectors[i].PointTo(duckdb_data_chunk_get_vector(chunk, (ulong)i));
            }
            return true;
        }
        return false;
    }

    public bool IsNull(int row, int column) => At(row, column).IsNull(row);

    /// <summary>An integer of any width; throws <see cref="OverflowException"/> where 64 bits do not hold it.</summary>
    public long Int64(int row, int column) => At(row, column).Int64(row);

    /// <summary>A number of any type, as the nearest double.</summary>
    public double Double(int row, int column) => At(row, column).Double(row);

    public bool Boolean(int row, int column) => At(row, column).Boolean(row);

    /// <summary>The bytes of a VARCHAR or BLOB where they lie in the engine's memory.</summary>
    public ReadOnlySpan<byte> Utf8(int row, int column) => At(row, column).Utf8(row);

    /// <summary>
    /// The value as .NET's own type: bool, sbyte to ulong, Int128, UInt128, float, double, decimal, string, byte[], DateOnly, TimeOnly, DateTime,
    /// DateTimeOffset (with zone), Guid, object?[] (list), or a dictionary by name (struct); a map is a list of structs of key and value.
    /// What .NET cannot hold exactly is an error that says so: cast it to VARCHAR in the statement.
    /// </summary>
    public object? Value(int row, int column) => At(row, column).Value(row);

    public void Dispose()
    {
        RowCount = 0;
        ended = true;
        duckdb_destroy_data_chunk(ref chunk);
        duckdb_destroy_result(ref result);
    }

    private DuckDbVector At(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)RowCount, nameof(row));
        return vectors[column];
    }

    private nint Fetch()
    {
        stop.ThrowIfCancellationRequested();
        using var interruption = DuckDbInterruption.When(stop, connection);
        var fetched = duckdb_fetch_chunk(result);
        if (fetched == 0 && duckdb_result_error(ref result) is not 0 and var text)
        {
            var error = new DuckDbException(Text(text));
            throw error.Kind == DuckDbErrorKind.Interrupt && stop.IsCancellationRequested
                ? new OperationCanceledException("The statement was stopped.", error, stop)
                : error;
        }
        return fetched;
    }
}
