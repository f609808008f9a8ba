using System.Globalization;
using static Cairn.Adapters.DuckDb.DuckDbNative;

namespace Cairn.Adapters.DuckDb;

/// <summary>How a database is opened. What is left out keeps DuckDB's default.</summary>
/// <param name="MemoryLimit">Bytes the engine may hold; the process grows to some 200 MB more. Only a database in a file spills when it is reached.</param>
/// <param name="TempDirectory">Where it spills to; created when needed.</param>
/// <param name="Threads">How many threads the engine works with, the calling one included.</param>
/// <param name="PreserveInsertionOrder">Off, large statements need far less memory, but the order of rows is then nobody's promise.</param>
/// <param name="ReadOnly">Several processes may read one file as long as none writes.</param>
public sealed record DuckDbOptions(
    long? MemoryLimit = null,
    string? TempDirectory = null,
    int? Threads = null,
    bool? PreserveInsertionOrder = null,
    bool ReadOnly = false);

/// <summary>
/// An open DuckDB database. One process may write a database file at a time: opening one that another process holds is a
/// <see cref="DuckDbException"/> of kind InputOutput. Extensions are never loaded or installed on the engine's own account.
/// </summary>
public sealed class DuckDbDatabase : IDisposable
{
    private readonly DuckDbDatabaseHandle handle;

    private DuckDbDatabase(DuckDbDatabaseHandle handle) => this.handle = handle;

    /// <summary>The version of the native library, as in "v1.5.5".</summary>
    public static string EngineVersion => Text(duckdb_library_version());

    /// <summary>Opens the file, or makes it; <c>:memory:</c> is a database without a file, which cannot spill.</summary>
    public static DuckDbDatabase Open(string path, DuckDbOptions? options = null)
    {
        if (duckdb_create_config(out var config) != State.Success)
        {
            throw new DuckDbException("Out of Memory Error: no configuration could be made");
        }
        try
        {
            foreach (var (name, value) in Settings(options ?? new DuckDbOptions()))
            {
                if (duckdb_set_config(config, name, value) != State.Success)
                {
                    throw new DuckDbException($"Invalid Input Error: {name} cannot be set to \"{value}\"");
                }
            }
            if (duckdb_open_ext(path, out var database, config, out var error) != State.Success)
            {
                throw new DuckDbException(TakeText(error));
            }
            return new DuckDbDatabase(new DuckDbDatabaseHandle(database));
        }
        finally
        {
            duckdb_destroy_config(ref config);
        }
    }

    /// <summary>A connection of its own transactions; each is used by one thread at a time.</summary>
    public DuckDbConnection Connect()
    {
        if (duckdb_connect(handle, out var connection) != State.Success)
        {
            throw new DuckDbException("Connection Error: the database gives no connection");
        }
        return new DuckDbConnection(new DuckDbConnectionHandle(connection));
    }

    public void Dispose() => handle.Dispose();

    private static IEnumerable<(string Name, string Value)> Settings(DuckDbOptions options)
    {
        // Parquet and JSON are built in; anything else would be fetched over the network in the middle of a statement.
        yield return ("autoload_known_extensions", "false");
        yield return ("autoinstall_known_extensions", "false");
        if (options.MemoryLimit is { } bytes)
        {
            yield return ("memory_limit", bytes.ToString(CultureInfo.InvariantCulture) + "B");
        }
        if (options.TempDirectory is { } folder)
        {
            yield return ("temp_directory", folder);
        }
        if (options.Threads is { } threads)
        {
            yield return ("threads", threads.ToString(CultureInfo.InvariantCulture));
        }
        if (options.PreserveInsertionOrder is { } preserve)
        {
            yield return ("preserve_insertion_order", preserve ? "true" : "false");
        }
        if (options.ReadOnly)
        {
            yield return ("access_mode", "READ_ONLY");
        }
    }
}
