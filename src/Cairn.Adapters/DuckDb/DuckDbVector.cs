using System.Text;
using static Cairn.Adapters.DuckDb.DuckDbNative;

namespace Cairn.Adapters.DuckDb;

/// <summary>
/// The values of one column in the chunk at hand (https://duckdb.org/docs/stable/clients/c/vector): an array of fixed width, a bit per row for
/// NULL, and child vectors for nested types.
/// </summary>
internal sealed unsafe partial class DuckDbVector(DuckDbType type)
{
    private byte* data;
    private ulong* validity;
    private DuckDbType storage;
    private int scale;
    private string[]? words;
    private DuckDbVector[]? children;
    private string[]? childNames;
    private bool described;

    public void PointTo(nint vector)
    {
        if (!described)
        {
            Describe(vector);
        }
        data = (byte*)duckdb_vector_get_data(vector);
        validity = duckdb_vector_get_validity(vector);
        for (var i = 0; i < children?.Length; i++)
        {
            var child = type == DuckDbType.Struct ? duckdb_struct_vector_get_child(vector, (ulong)i) : duckdb_list_vector_get_child(vector);
            children[i].PointTo(child);
        }
    }

    // No bits at all means that every row has a value.
    public bool IsNull(int row) => validity != null && (validity[row >> 6] & (1UL << (row & 63))) == 0;

    public bool Boolean(int row) => type == DuckDbType.Boolean ? data[row] != 0 : throw Not("a truth value");

    public long Int64(int row) => type switch
    {
        DuckDbType.BigInt => ((long*)data)[row],
        DuckDbType.Integer => ((int*)data)[row],
        DuckDbType.SmallInt => ((short*)data)[row],
        DuckDbType.TinyInt => ((sbyte*)data)[row],
        DuckDbType.UBigInt => checked((long)((ulong*)data)[row]),
        DuckDbType.UInteger => ((uint*)data)[row],
        DuckDbType.USmallInt => ((ushort*)data)[row],
        DuckDbType.UTinyInt => data[row],
        DuckDbType.HugeInt => checked((long)Wide(row)),
        DuckDbType.UHugeInt => checked((long)(UInt128)Wide(row)),
        _ => throw Not("an integer"),
    };

    public double Double(int row) => type switch
    {
        DuckDbType.Double => ((double*)data)[row],
        DuckDbType.Float => ((float*)data)[row],
        DuckDbType.HugeInt => (double)Wide(row),
        DuckDbType.UHugeInt => (double)(UInt128)Wide(row),
        DuckDbType.Decimal => (double)Unscaled(row) / Math.Pow(10, scale),
        DuckDbType.UBigInt => ((ulong*)data)[row],
        _ => Int64(row),
    };

    /// <summary>duckdb_string_t: a length of 4 bytes, then up to 12 bytes in place, or 4 of them again and an address.</summary>
    public ReadOnlySpan<byte> Utf8(int row)
    {
        if (type is not (DuckDbType.Varchar or DuckDbType.Blob))
        {
            throw Not("text");
        }
        var cell = data + ((long)row * 16);
        var length = *(int*)cell;
        return new ReadOnlySpan<byte>(length <= 12 ? cell + 4 : *(byte**)(cell + 8), length);
    }

    private Int128 Wide(int row) => new(((ulong*)data)[(row * 2) + 1], ((ulong*)data)[row * 2]);

    private Int128 Unscaled(int row) => storage switch
    {
        DuckDbType.SmallInt => ((short*)data)[row],
        DuckDbType.Integer => ((int*)data)[row],
        DuckDbType.BigInt => ((long*)data)[row],
        _ => Wide(row),
    };

    private string Word(int row) => words![storage switch
    {
        DuckDbType.UTinyInt => data[row],
        DuckDbType.USmallInt => ((ushort*)data)[row],
        _ => (int)((uint*)data)[row],
    }];

    private string Text(int row) => Encoding.UTF8.GetString(Utf8(row));

    private InvalidCastException Not(string wanted) => new($"A column of type {type} does not hold {wanted}.");

    private void Describe(nint vector)
    {
        described = true;
        if (type is not (DuckDbType.Decimal or DuckDbType.Enum or DuckDbType.List or DuckDbType.Map or DuckDbType.Struct))
        {
            return;
        }
        var logical = duckdb_vector_get_column_type(vector);
        switch (type)
        {
            case DuckDbType.Decimal:
                storage = duckdb_decimal_internal_type(logical);
                scale = duckdb_decimal_scale(logical);
                break;
            case DuckDbType.Enum:
                storage = duckdb_enum_internal_type(logical);
                words = [.. Range(duckdb_enum_dictionary_size(logical)).Select(i => TakeText(duckdb_enum_dictionary_value(logical, i)))];
                break;
            case DuckDbType.Struct:
                childNames = [.. Range(duckdb_struct_type_child_count(logical)).Select(i => TakeText(duckdb_struct_type_child_name(logical, i)))];
                children = [.. childNames.Select((_, i) => Child(duckdb_struct_vector_get_child(vector, (ulong)i)))];
                break;
            default:
                children = [Child(duckdb_list_vector_get_child(vector))];
                break;
        }
        duckdb_destroy_logical_type(ref logical);
    }

    private static IEnumerable<ulong> Range(ulong count) => Enumerable.Range(0, (int)count).Select(i => (ulong)i);

    private static DuckDbVector Child(nint vector)
    {
        var logical = duckdb_vector_get_column_type(vector);
        var child = new DuckDbVector(duckdb_get_type_id(logical));
        duckdb_destroy_logical_type(ref logical);
        return child;
    }
}
