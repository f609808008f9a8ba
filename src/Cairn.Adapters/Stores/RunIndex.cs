using System.Globalization;
using System.Text.Json;
using Cairn.Core;
using Cairn.Core.Provenance;
using Microsoft.Data.Sqlite;

namespace Cairn.Adapters.Stores;

/// <summary>
/// A shorter way to find runs: SQLite beside the folders, which remain the record. It catches up with the folders whenever it is asked, so that
/// writers need not touch it, and it can be deleted at any time.
/// </summary>
/// <param name="say">Told in one line when the index had to be built anew.</param>
public sealed class RunIndex(string store, Action<string>? say = null) : ILineage, IDisposable
{
    private readonly StorePaths _paths = new(store);
    private readonly RunHistory _history = new(store);
    private SqliteConnection? _connection;

    /// <summary>The latest runs that pass the filter, latest first; states as they are to be shown.</summary>
    public IReadOnlyList<RunSummary> List(RunFilter filter) => Ask(db =>
    {
        using SqliteCommand query = db.CreateCommand();
        query.CommandText = $"""
            SELECT {IndexSchema.SummaryColumns} FROM runs
            WHERE ($name IS NULL OR name = $name) AND ($state IS NULL OR state = $state) AND ($since IS NULL OR opened >= $since)
            ORDER BY opened DESC, run DESC LIMIT $limit
            """;
        query.Parameters.AddWithValue("$state", filter.State is { } state ? state.ToString() : DBNull.Value);
        query.Parameters.AddWithValue("$limit", filter.Limit ?? -1);
        query.Parameters.AddWithValue("$name", (object?)filter.Name ?? DBNull.Value);
        query.Parameters.AddWithValue("$since", filter.Since is { } since ? IndexSchema.Text(since) : DBNull.Value);
        var found = new List<RunSummary>();
        using SqliteDataReader rows = query.ExecuteReader();
        while (rows.Read())
        {
            found.Add(IndexSchema.Summary(rows));
        }

        return found;
    });

    /// <summary>Every run that read or wrote a file of this content, oldest first.</summary>
    public IReadOnlyList<DataUse> UsesOf(string sha256) => Uses("sha256 = $wanted", sha256);

    /// <summary>Every run that read or wrote a file at this path, oldest first.</summary>
    public IReadOnlyList<DataUse> UsesAt(string path) => Uses("path = $wanted", path);

    /// <summary>What a run read and wrote.</summary>
    public IReadOnlyList<DataUse> UsesBy(string run) => Uses("run = $wanted", run);

    public IReadOnlyList<RunSummary> RunsOf(DataVersion data, bool written) => Ask<IReadOnlyList<RunSummary>>(db =>
    {
        using SqliteCommand query = IndexSchema.Command(
            db, $"SELECT {IndexSchema.SummaryColumns} FROM runs WHERE run IN (SELECT run FROM uses WHERE sha256 = $0 AND written = $1 AND ($2 IS NULL OR path = $2)) ORDER BY opened, run",
            data.Sha256, written ? 1 : 0, data.Bytes == 0 ? data.Path : null);
        var found = new List<RunSummary>();
        using SqliteDataReader rows = query.ExecuteReader();
        while (rows.Read())
        {
            found.Add(IndexSchema.Summary(rows));
        }

        return found;
    });

    /// <summary>Null when there is no such run.</summary>
    public RunSummary? Summary(string run) => Ask(db =>
    {
        using SqliteCommand query = IndexSchema.Command(db, $"SELECT {IndexSchema.SummaryColumns} FROM runs WHERE run = $0", run);
        using SqliteDataReader rows = query.ExecuteReader();
        return rows.Read() ? IndexSchema.Summary(rows) : null;
    });

    /// <summary>Hashes recorded that begin with these digits.</summary>
    public IReadOnlyList<string> HashesLike(string start) => Ask<IReadOnlyList<string>>(db =>
    {
        using SqliteCommand query = db.CreateCommand();
        query.CommandText = "SELECT DISTINCT sha256 FROM uses WHERE sha256 >= $start AND sha256 < $start || 'g' ORDER BY sha256 LIMIT 20";
        query.Parameters.AddWithValue("$start", start);
        var found = new List<string>();
        using SqliteDataReader rows = query.ExecuteReader();
        while (rows.Read())
        {
            found.Add(rows.GetString(0));
        }

        return found;
    });

    public void Dispose() => Close();

    /// <summary>Makes an empty one.</summary>
    internal static void Create(StorePaths paths)
    {
        try
        {
            using SqliteConnection db = IndexSchema.Open(paths.Index);
            IndexSchema.Make(db);
        }
        catch (SqliteException)
        {
            // Whoever asks first will make it, or say why not.
        }
    }

    /// <summary>Everything in it as text, a row a line: for comparing two indexes.</summary>
    internal string Dump() => Ask(IndexSchema.Dump);

    private IReadOnlyList<DataUse> Uses(string condition, string wanted) => Ask<IReadOnlyList<DataUse>>(db =>
    {
        using SqliteCommand query = db.CreateCommand();
        query.CommandText = $"SELECT run, written, path, sha256, bytes, modified, media_type FROM uses JOIN runs USING (run) WHERE {condition} ORDER BY opened, run, written, position";
        query.Parameters.AddWithValue("$wanted", wanted);
        var found = new List<DataUse>();
        using SqliteDataReader rows = query.ExecuteReader();
        while (rows.Read())
        {
            found.Add(IndexSchema.Use(rows));
        }

        return found;
    });

    /// <summary>Answers from an index that has caught up. One that SQLite cannot read is thrown away and built anew, once.</summary>
    private T Ask<T>(Func<SqliteConnection, T> question)
    {
        try
        {
            return question(Ready());
        }
        catch (SqliteException e) when (e.SqliteErrorCode is IndexSchema.Corrupt or IndexSchema.NotADatabase)
        {
            Close();
            foreach (string part in new[] { "", "-wal", "-shm" })
            {
                File.Delete(_paths.Index + part);
            }

            return question(Ready());
        }
        catch (SqliteException e) when (e.SqliteErrorCode is IndexSchema.Busy)
        {
            throw new ProblemException(new Problem("store/busy", ProblemKind.Unreachable, $"another process keeps {_paths.Index} locked", Help: "try again in a moment"), e);
        }
    }

    private SqliteConnection Ready()
    {
        bool there = File.Exists(_paths.Index);
        _connection ??= Connect();
        bool anew = IndexSchema.Make(_connection) || !there;
        int runs = new IndexCatchUp(_paths, _history, _connection).Run(say);
        if (anew && runs > 0)
        {
            say?.Invoke($"the index of runs was built anew from {runs.ToString("N0", CultureInfo.InvariantCulture)} {(runs == 1 ? "folder" : "folders")}");
        }

        return _connection;
    }

    /// <summary>A project of someone else's, or one without runs, is not written to: its index is made in memory.</summary>
    private SqliteConnection Connect()
    {
        if (!Directory.Exists(_paths.Store))
        {
            return IndexSchema.Open(":memory:");
        }

        try
        {
            return IndexSchema.Open(_paths.Index);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is IndexSchema.ReadOnly or IndexSchema.CannotOpen)
        {
            return IndexSchema.Open(":memory:");
        }
    }

    private void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
