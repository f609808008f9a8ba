using System.Runtime.InteropServices;

namespace Cairn.Adapters.DuckDb;

/// <summary>A duckdb_database. The engine itself lives on until the last connection to it is closed.</summary>
internal sealed class DuckDbDatabaseHandle : SafeHandle
{
    public DuckDbDatabaseHandle(nint database)
        : base(0, ownsHandle: true) => SetHandle(database);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        DuckDbNative.duckdb_close(ref handle);
        return true;
    }
}

/// <summary>A duckdb_connection. A safe handle, because another thread may interrupt or ask for progress while the owner disposes.</summary>
internal sealed class DuckDbConnectionHandle : SafeHandle
{
    public DuckDbConnectionHandle(nint connection)
        : base(0, ownsHandle: true) => SetHandle(connection);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        DuckDbNative.duckdb_disconnect(ref handle);
        return true;
    }
}
