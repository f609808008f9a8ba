using System.Text.Unicode;
using static Cairn.Adapters.DuckDb.DuckDbNative;

namespace Cairn.Adapters.DuckDb;

/// <summary>
/// Adds rows to a table, a chunk at a time: the fast way in. Each row is <see cref="BeginRow"/>, one append for each column in the table's order,
/// <see cref="EndRow"/>. Columns may be of an integer type of up to 64 bits, DOUBLE, BOOLEAN, or VARCHAR.
/// Rows are there for others after <see cref="Flush"/> or <see cref="Close"/>; disposing without them drops rows still held here, so wrap the
/// whole in a transaction for all or none. After an exception only <see cref="Dispose"/> is of use.
/// </summary>
public sealed unsafe class DuckDbAppender : IDisposable
{
    // The engine itself flushes by rows only, and what it holds until then is outside its memory limit.
    private const long HeldAtMost = 32 << 20;

    private static readonly int Capacity = (int)duckdb_vector_size();

    private readonly string table;
    private readonly Column[] columns;
    private nint appender;
    private nint chunk;
    private int row;
    private int column;
    private long held;

    /// <summary>Appends to a table of the default schema; a missing table is a <see cref="DuckDbException"/>.</summary>
    public DuckDbAppender(DuckDbConnection connection, string table)
    {
        this.table = table;
        columns = [];
        try
        {
            Check(duckdb_appender_create(connection.Handle, null, table, out appender));
            columns = new Column[(int)duckdb_appender_column_count(appender)];
            CreateChunk();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Rows ended so far.</summary>
    public long Rows { get; private set; }

    public void BeginRow()
    {
        if (column != 0)
        {
            throw new InvalidOperationException($"The row before has {column} of {columns.Length} values and was not ended.");
        }
    }

    public void Append(long value)
    {
        ref var target = ref Next();
        switch (target.Type)
        {
            case DuckDbType.BigInt:
                ((long*)target.Data)[row] = value;
                break;
            case DuckDbType.Integer:
                ((int*)target.Data)[row] = checked((int)value);
                break;
            case DuckDbType.SmallInt:
                ((short*)target.Data)[row] = checked((short)value);
                break;
            case DuckDbType.TinyInt:
                ((sbyte*)target.Data)[row] = checked((sbyte)value);
                break;
            case DuckDbType.UBigInt:
                ((ulong*)target.Data)[row] = checked((ulong)value);
                break;
            case DuckDbType.UInteger:
                ((uint*)target.Data)[row] = checked((uint)value);
                break;
            case DuckDbType.USmallInt:
                ((ushort*)target.Data)[row] = checked((ushort)value);
                break;
            case DuckDbType.UTinyInt:
                target.Data[row] = checked((byte)value);
                break;
            default:
                throw Mismatch(target, "an integer");
        }
    }

    public void Append(double value)
    {
        ref var target = ref Next();
        if (target.Type != DuckDbType.Double)
        {
            throw Mismatch(target, "a double");
        }
        ((double*)target.Data)[row] = value;
    }

    public void Append(bool value)
    {
        ref var target = ref Next();
        if (target.Type != DuckDbType.Boolean)
        {
            throw Mismatch(target, "a truth value");
        }
        target.Data[row] = value ? (byte)1 : (byte)0;
    }

    public void AppendNull()
    {
        ref var target = ref Next();
        if (target.Validity == null)
        {
            duckdb_vector_ensure_validity_writable(target.Vector);
            target.Validity = duckdb_vector_get_validity(target.Vector);
        }
        target.Validity[row >> 6] &= ~(1UL << (row & 63));
    }

    /// <summary>Appends text. Bytes that are not UTF-8 are an error of kind InvalidInput: the engine would take them on trust and fail later.</summary>
    public void AppendUtf8(ReadOnlySpan<byte> text)
    {
        ref var target = ref Next();
        if (target.Type != DuckDbType.Varchar)
        {
            throw Mismatch(target, "text");
        }
        if (!Utf8.IsValid(text))
        {
            throw new DuckDbException($"Invalid Input Error: value {column} of row {Rows + 1} for table \"{table}\" is not valid UTF-8");
        }
        var cell = target.Data + ((long)row * 16);
        if (text.Length <= 12)
        {
            // duckdb_string_t holds short text in place, padded with zeros by which the engine compares; this saves a call for most cells.
            *(long*)cell = text.Length;
            *(long*)(cell + 8) = 0;
            text.CopyTo(new Span<byte>(cell + 4, 12));
            return;
        }
        held += text.Length;
        fixed (byte* bytes = text)
        {
            duckdb_unsafe_vector_assign_string_element_len(target.Vector, (ulong)row, bytes, (ulong)text.Length);
        }
    }

    public void EndRow()
    {
        if (column != columns.Length)
        {
            throw new InvalidOperationException($"The row has {column} values, and table \"{table}\" has {columns.Length} columns.");
        }
        column = 0;
        row++;
        Rows++;
        if (row == Capacity)
        {
            HandOver();
        }
    }

    /// <summary>Writes the rows so far into the table. Constraints are checked here.</summary>
    public void Flush()
    {
        HandOver();
        Check(duckdb_appender_flush(appender));
    }

    /// <summary>Flushes and ends; nothing can be appended after it.</summary>
    public void Close()
    {
        HandOver();
        Check(duckdb_appender_close(appender));
    }

    public void Dispose()
    {
        duckdb_destroy_data_chunk(ref chunk);
        if (appender != 0)
        {
            // Destroying flushes what is held, and after a failure that would write half of the rows.
            duckdb_appender_clear(appender);
            duckdb_appender_destroy(ref appender);
        }
    }

    private ref Column Next()
    {
        if (column == columns.Length)
        {
            throw new InvalidOperationException($"The row has more values than table \"{table}\" has columns ({columns.Length}).");
        }
        return ref columns[column++];
    }

    private void CreateChunk()
    {
        var types = stackalloc nint[columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            types[i] = duckdb_appender_column_type(appender, (ulong)i);
            columns[i].Type = duckdb_get_type_id(types[i]);
        }
        chunk = duckdb_create_data_chunk(types, (ulong)columns.Length);
        for (var i = 0; i < columns.Length; i++)
        {
            duckdb_destroy_logical_type(ref types[i]);
        }
        PointToChunk();
    }

    private void HandOver()
    {
        if (column != 0)
        {
            throw new InvalidOperationException($"The last row has {column} of {columns.Length} values and was not ended.");
        }
        if (row == 0)
        {
            return;
        }
        duckdb_data_chunk_set_size(chunk, (ulong)row);
        Check(duckdb_append_data_chunk(appender, chunk));
        duckdb_data_chunk_reset(chunk);
        row = 0;
        PointToChunk();
        held += (long)Capacity * columns.Length * 8;
        if (held > HeldAtMost)
        {
            Check(duckdb_appender_flush(appender));
            held = 0;
        }
    }

    private void PointToChunk()
    {
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i].Vector = duckdb_data_chunk_get_vector(chunk, (ulong)i);
            columns[i].Data = (byte*)duckdb_vector_get_data(columns[i].Vector);
            columns[i].Validity = null;
        }
    }

    private void Check(State state)
    {
        if (state != State.Success)
        {
            var error = duckdb_appender_error_data(appender);
            var message = Text(duckdb_error_data_message(error));
            var kind = duckdb_error_data_error_type(error);
            duckdb_destroy_error_data(ref error);
            throw new DuckDbException(message, Enum.IsDefined(kind) ? kind : DuckDbErrorKind.Other);
        }
    }

    private InvalidOperationException Mismatch(in Column target, string given) =>
        new($"Column {column} of table \"{table}\" is {target.Type} and cannot be given {given}.");

    private struct Column
    {
        public DuckDbType Type;
        public nint Vector;
        public byte* Data;
        public ulong* Validity;
    }
}
