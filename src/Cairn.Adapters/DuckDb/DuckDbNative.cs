using System.Runtime.InteropServices;

namespace Cairn.Adapters.DuckDb;

/// <summary>
/// DuckDB's C interface (https://duckdb.org/docs/stable/clients/c/api), as far as Cairn uses it: databases, statements and results.
/// Names are those of the C header, so that its documentation can be searched. Every call returning <see cref="State"/> must be looked at.
/// </summary>
internal static unsafe partial class DuckDbNative
{
    private const string Library = "duckdb";

    /// <summary>duckdb_state.</summary>
    internal enum State
    {
        Success = 0,
        Error = 1,
    }

    /// <summary>duckdb_result: passed by address, except to duckdb_fetch_chunk, which takes all 48 bytes by value.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Result
    {
        private ulong deprecatedColumnCount;
        private ulong deprecatedRowCount;
        private ulong deprecatedRowsChanged;
        private nint deprecatedColumns;
        private nint deprecatedErrorMessage;
        private nint internalData;
    }

    /// <summary>duckdb_query_progress_type.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct QueryProgress
    {
        public double Percentage;
        public ulong RowsProcessed;
        public ulong TotalRows;
    }

    [LibraryImport(Library)]
    internal static partial State duckdb_create_config(out nint config);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial State duckdb_set_config(nint config, string name, string option);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_config(ref nint config);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial State duckdb_open_ext(string path, out nint database, nint config, out nint error);

    [LibraryImport(Library)]
    internal static partial void duckdb_close(ref nint database);

    [LibraryImport(Library)]
    internal static partial State duckdb_connect(DuckDbDatabaseHandle database, out nint connection);

    [LibraryImport(Library)]
    internal static partial void duckdb_disconnect(ref nint connection);

    [LibraryImport(Library)]
    internal static partial void duckdb_interrupt(DuckDbConnectionHandle connection);

    [LibraryImport(Library)]
    internal static partial QueryProgress duckdb_query_progress(DuckDbConnectionHandle connection);

    [LibraryImport(Library)]
    internal static partial void duckdb_free(nint memory);

    [LibraryImport(Library)]
    internal static partial nint duckdb_library_version();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial State duckdb_query(DuckDbConnectionHandle connection, string sql, ref Result result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial State duckdb_prepare(DuckDbConnectionHandle connection, string sql, out nint statement);

    [LibraryImport(Library)]
    internal static partial nint duckdb_prepare_error(nint statement);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_prepare(ref nint statement);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_nparams(nint statement);

    [LibraryImport(Library)]
    internal static partial State duckdb_bind_null(nint statement, ulong index);

    [LibraryImport(Library)]
    internal static partial State duckdb_bind_boolean(nint statement, ulong index, byte value);

    [LibraryImport(Library)]
    internal static partial State duckdb_bind_int64(nint statement, ulong index, long value);

    [LibraryImport(Library)]
    internal static partial State duckdb_bind_double(nint statement, ulong index, double value);

    [LibraryImport(Library)]
    internal static partial State duckdb_bind_varchar_length(nint statement, ulong index, byte* value, ulong length);

    [LibraryImport(Library)]
    internal static partial State duckdb_execute_prepared(nint statement, ref Result result);

    [LibraryImport(Library)]
    internal static partial State duckdb_pending_prepared_streaming(nint statement, out nint pending);

    [LibraryImport(Library)]
    internal static partial State duckdb_execute_pending(nint pending, ref Result result);

    [LibraryImport(Library)]
    internal static partial nint duckdb_pending_error(nint pending);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_pending(ref nint pending);

    [LibraryImport(Library)]
    internal static partial nint duckdb_result_error(ref Result result);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_rows_changed(ref Result result);

    [LibraryImport(Library)]
    internal static partial ulong duckdb_column_count(ref Result result);

    [LibraryImport(Library)]
    internal static partial nint duckdb_column_name(ref Result result, ulong column);

    [LibraryImport(Library)]
    internal static partial DuckDbType duckdb_column_type(ref Result result, ulong column);

    [LibraryImport(Library)]
    internal static partial nint duckdb_fetch_chunk(Result result);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_result(ref Result result);

    /// <summary>The text at an address that DuckDB owns; empty for none.</summary>
    internal static string Text(nint utf8) => Marshal.PtrToStringUTF8(utf8) ?? "";

    /// <summary>The text at an address that is ours to free.</summary>
    internal static string TakeText(nint utf8)
    {
        var text = Text(utf8);
        duckdb_free(utf8);
        return text;
    }
}
