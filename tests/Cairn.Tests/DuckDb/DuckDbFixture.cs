using System.Text;
using Cairn.Adapters.DuckDb;

namespace Cairn.Tests.DuckDb;

/// <summary>A folder of its own and a database in it, gone after the test.</summary>
public abstract class DuckDbFixture : IDisposable
{
    protected DuckDbFixture()
    {
        Database = DuckDbDatabase.Open(InFolder("test.duckdb"));
        Connection = Database.Connect();
    }

    protected string Folder { get; } = Directory.CreateTempSubdirectory("cairn-duckdb-").FullName;

    protected DuckDbDatabase Database { get; }

    protected DuckDbConnection Connection { get; }

    protected string InFolder(string name) => Path.Combine(Folder, name);

    protected object? Value(string sql, params object?[] values)
    {
        using var result = Connection.Query(sql, values);
        Assert.True(result.NextChunk());
        return result.Value(0, 0);
    }

    protected DuckDbException Fails(string sql, params object?[] values) => Assert.Throws<DuckDbException>(() => Connection.Execute(sql, values));

    protected static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Looks every few milliseconds while the work runs, from a thread of its own because the pool's may all be busy with tests.</summary>
    protected static void Watch(Action look, Action work)
    {
        using var done = new ManualResetEventSlim();
        var watcher = new Thread(() =>
        {
            while (!done.Wait(2))
            {
                look();
            }
        });
        watcher.Start();
        try
        {
            work();
        }
        finally
        {
            done.Set();
            watcher.Join();
        }
    }

    public virtual void Dispose()
    {
        Connection.Dispose();
        Database.Dispose();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
