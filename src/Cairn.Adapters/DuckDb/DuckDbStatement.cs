using System.Text;
using static Cairn.Adapters.DuckDb.DuckDbNative;

namespace Cairn.Adapters.DuckDb;

/// <summary>A prepared statement with its parameters bound.</summary>
internal sealed unsafe class DuckDbStatement : IDisposable
{
    private nint statement;

    public DuckDbStatement(DuckDbConnectionHandle connection, string sql, object?[] values)
    {
        if (duckdb_prepare(connection, sql, out statement) != State.Success)
        {
            var message = Text(duckdb_prepare_error(statement));
            Dispose();
            throw new DuckDbException(message);
        }
        try
        {
            Bind(values);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Run(bool streaming, ref Result result)
    {
        if (!streaming)
        {
            DuckDbConnection.Check(duckdb_execute_prepared(statement, ref result), ref result);
            return;
        }
        var state = duckdb_pending_prepared_streaming(statement, out var pending);
        try
        {
            if (state != State.Success)
            {
                throw new DuckDbException(Text(duckdb_pending_error(pending)));
            }
            DuckDbConnection.Check(duckdb_execute_pending(pending, ref result), ref result);
        }
        finally
        {
            duckdb_destroy_pending(ref pending);
        }
    }

    public void Dispose() => duckdb_destroy_prepare(ref statement);

    private void Bind(object?[] values)
    {
        var expected = duckdb_nparams(statement);
        if (expected != (ulong)values.Length)
        {
            throw new ArgumentException($"The statement has {expected} parameters, and {values.Length} values were given.", nameof(values));
        }
        for (var i = 0; i < values.Length; i++)
        {
            if (Bind((ulong)i + 1, values[i]) != State.Success)
            {
                throw new DuckDbException($"Invalid Input Error: parameter {i + 1} could not be bound");
            }
        }
    }

    private State Bind(ulong index, object? value) => value switch
    {
        null => duckdb_bind_null(statement, index),
        string text => BindText(index, text),
        bool flag => duckdb_bind_boolean(statement, index, flag ? (byte)1 : (byte)0),
        double or float => duckdb_bind_double(statement, index, Convert.ToDouble(value, null)),
        long or int or short or sbyte or byte or ushort or uint => duckdb_bind_int64(statement, index, Convert.ToInt64(value, null)),
        _ => throw new ArgumentException($"A parameter of type {value.GetType().Name} cannot be bound: give text and cast it in the statement."),
    };

    private State BindText(ulong index, string text)
    {
        ReadOnlySpan<byte> utf8 = Encoding.UTF8.GetBytes(text);
        // An empty span has no address, and the engine would read none as no value.
        byte nothing = 0;
        fixed (byte* bytes = utf8)
        {
            return duckdb_bind_varchar_length(statement, index, bytes == null ? &nothing : bytes, (ulong)utf8.Length);
        }
    }
}
