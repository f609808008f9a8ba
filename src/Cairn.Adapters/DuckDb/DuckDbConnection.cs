using static Cairn.Adapters.DuckDb.DuckDbNative;

namespace Cairn.Adapters.DuckDb;

/// <summary>How far the running statement is. Rows are the engine's estimate and may stand still between two parts of a plan.</summary>
public readonly record struct DuckDbProgress(double Percentage, long RowsProcessed, long TotalRows);

/// <summary>
/// A connection: runs statements, one at a time. Only <see cref="Interrupt"/> and <see cref="Progress"/> may be called from another thread.
/// Parameters stand as <c>?</c> or <c>$1</c> in the statement and may be string, any integer, double, bool or null.
/// Each method throws <see cref="DuckDbException"/> for an error of the engine, and <see cref="OperationCanceledException"/> when stopped.
/// </summary>
public sealed class DuckDbConnection : IDisposable
{
    internal DuckDbConnection(DuckDbConnectionHandle handle)
    {
        Handle = handle;
        Execute("set enable_progress_bar = true; set enable_progress_bar_print = false");
    }

    internal DuckDbConnectionHandle Handle { get; }

    /// <summary>Runs a statement, or several without parameters, and says how many rows the last one inserted, changed or deleted.</summary>
    public long Execute(string sql, params object?[] values) => Execute(sql, CancellationToken.None, values);

    /// <inheritdoc cref="Execute(string, object?[])"/>
    public long Execute(string sql, CancellationToken stop, params object?[] values)
    {
        using var result = Run(sql, values, streaming: false, stop);
        return result.RowsChanged;
    }

    /// <summary>Runs a statement and keeps its whole result in memory, so that other statements may run while it is read.</summary>
    public DuckDbResult Query(string sql, params object?[] values) => Query(sql, CancellationToken.None, values);

    /// <inheritdoc cref="Query(string, object?[])"/>
    public DuckDbResult Query(string sql, CancellationToken stop, params object?[] values) => Run(sql, values, streaming: false, stop);

    /// <summary>
    /// Runs a statement and computes its rows as they are read: for results larger than memory. Until the result is disposed, the connection
    /// can run nothing else; the token is heeded while reading too, and so may any chunk throw.
    /// </summary>
    public DuckDbResult Stream(string sql, params object?[] values) => Stream(sql, CancellationToken.None, values);

    /// <inheritdoc cref="Stream(string, object?[])"/>
    public DuckDbResult Stream(string sql, CancellationToken stop, params object?[] values) => Run(sql, values, streaming: true, stop);

    /// <summary>The first value of the first row, widened to <typeparamref name="T"/>; null or zero for NULL or no row.</summary>
    public T? Scalar<T>(string sql, params object?[] values) => Scalar<T>(sql, CancellationToken.None, values);

    /// <inheritdoc cref="Scalar{T}(string, object?[])"/>
    public T? Scalar<T>(string sql, CancellationToken stop, params object?[] values)
    {
        using var result = Query(sql, stop, values);
        if (!result.NextChunk() || result.Value(0, 0) is not { } value)
        {
            return default;
        }
        // sum() gives numbers of 128 bits, which .NET's conversions do not know.
        var known = value switch { Int128 wide => (decimal)wide, UInt128 wide => (decimal)wide, _ => value };
        return value is T exact ? exact : (T)Convert.ChangeType(known, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), null);
    }

    /// <summary>Asks the running statement to end; it then throws with kind Interrupt. Nothing happens when none runs.</summary>
    public void Interrupt() => duckdb_interrupt(Handle);

    /// <summary>How far the running statement is; nothing before it knows, and nothing when none runs.</summary>
    public DuckDbProgress? Progress()
    {
        var progress = duckdb_query_progress(Handle);
        return progress.Percentage < 0 ? null : new DuckDbProgress(progress.Percentage, (long)progress.RowsProcessed, (long)progress.TotalRows);
    }

    public void Dispose() => Handle.Dispose();

    private DuckDbResult Run(string sql, object?[] values, bool streaming, CancellationToken stop)
    {
        if (sql.Contains('\0'))
        {
            // The engine takes the statement as a C string and would run the part before it.
            throw new ArgumentException("A statement cannot contain a NUL character.", nameof(sql));
        }
        stop.ThrowIfCancellationRequested();
        using var interruption = DuckDbInterruption.When(stop, this);
        var result = default(Result);
        try
        {
            if (values.Length == 0 && !streaming)
            {
                Check(duckdb_query(Handle, sql, ref result), ref result);
            }
            else
            {
                using var statement = new DuckDbStatement(Handle, sql, values);
                statement.Run(streaming, ref result);
            }
        }
        catch (DuckDbException error) when (error.Kind == DuckDbErrorKind.Interrupt && stop.IsCancellationRequested)
        {
            throw new OperationCanceledException("The statement was stopped.", error, stop);
        }
        return new DuckDbResult(result, this, streaming ? stop : CancellationToken.None);
    }

    internal static void Check(State state, ref Result result)
    {
        if (state == State.Success)
        {
            return;
        }
        var message = Text(duckdb_result_error(ref result));
        duckdb_destroy_result(ref result);
        throw new DuckDbException(message);
    }
}
