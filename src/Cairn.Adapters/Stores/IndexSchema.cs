using System.Globalization;
using System.Text;
using Cairn.Core;
using Cairn.Core.Provenance;
using Microsoft.Data.Sqlite;

namespace Cairn.Adapters.Stores;

/// <summary>The tables of the index, and how runs go in and come out.</summary>
internal static class IndexSchema
{
    public const int Busy = 5;
    public const int ReadOnly = 8;
    public const int Corrupt = 11;
    public const int CannotOpen = 14;
    public const int NotADatabase = 26;
    public const string SummaryColumns = "id, run, kind, name, state, exit_code, opened, closed, inputs, outputs, refused, findings";
    private const int Version = 2;

    public static SqliteConnection Open(string path)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 };
        var db = new SqliteConnection(settings.ToString());
        db.Open();
        Do(db, "PRAGMA journal_mode = WAL");
        Do(db, "PRAGMA synchronous = NORMAL");
        return db;
    }

    /// <summary>Makes the tables when they are not those of this version; true if it did.</summary>
    public static bool Make(SqliteConnection db)
    {
        if (UserVersion(db) == Version)
        {
            return false;
        }

        using SqliteTransaction alone = db.BeginTransaction();
        if (UserVersion(db) == Version)
        {
            return false;
        }

        Do(db, """
            DROP TABLE IF EXISTS runs;
            DROP TABLE IF EXISTS uses;
            DROP TABLE IF EXISTS problems;
            DROP TABLE IF EXISTS settings;
            DROP TABLE IF EXISTS months;
            CREATE TABLE runs (run TEXT PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL, exit_code INTEGER,
              opened TEXT NOT NULL, closed TEXT, inputs INTEGER NOT NULL, outputs INTEGER NOT NULL, refused INTEGER NOT NULL, findings INTEGER NOT NULL) WITHOUT ROWID;
            CREATE INDEX runs_opened ON runs (opened);
            CREATE INDEX runs_name ON runs (name, opened);
            CREATE INDEX runs_state ON runs (state) WHERE state = 'Running';
            CREATE TABLE uses (run TEXT NOT NULL, written INTEGER NOT NULL, position INTEGER NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL,
              modified TEXT, media_type TEXT, PRIMARY KEY (run, written, position)) WITHOUT ROWID;
            CREATE INDEX uses_sha256 ON uses (sha256);
            CREATE INDEX uses_path ON uses (path);
            CREATE TABLE problems (run TEXT NOT NULL, position INTEGER NOT NULL, code TEXT NOT NULL, kind TEXT NOT NULL, message TEXT NOT NULL, PRIMARY KEY (run, position)) WITHOUT ROWID;
            CREATE INDEX problems_code ON problems (code);
            CREATE TABLE settings (run TEXT NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, origin TEXT NOT NULL, PRIMARY KEY (run, position)) WITHOUT ROWID;
            CREATE TABLE months (month TEXT PRIMARY KEY, changed INTEGER NOT NULL) WITHOUT ROWID;
            """);
        Do(db, $"PRAGMA user_version = {Version}");
        alone.Commit();
        return true;
    }

    public static void Put(SqliteConnection db, RunManifest run)
    {
        Remove(db, run.Folder);
        RunSummary s = RunSummary.Of(run);
        Do(db, "INSERT INTO runs VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            s.Run, s.Id, s.Kind, s.Name, s.State.ToString(), s.ExitCode, Text(s.Opened), s.Closed is { } closed ? Text(closed) : null, s.Inputs, s.Outputs, s.RefusedRows, s.Findings);
        Uses(db, run.Folder, 0, run.Inputs);
        Uses(db, run.Folder, 1, run.Outputs);
        int position = 0;
        foreach (Problem problem in run.Problems.Concat(run.Report?.Findings ?? []))
        {
            Do(db, "INSERT INTO problems VALUES ($0, $1, $2, $3, $4)", run.Folder, position++, problem.Code, problem.Kind.ToString(), problem.Message);
        }

        position = 0;
        foreach (SettingInForce setting in run.Settings)
        {
            Do(db, "INSERT INTO settings VALUES ($0, $1, $2, $3, $4)", run.Folder, position++, setting.Name, setting.Value, setting.Origin);
        }
    }

    public static void Remove(SqliteConnection db, string run)
    {
        foreach (string table in new[] { "runs", "uses", "problems", "settings" })
        {
            Do(db, $"DELETE FROM {table} WHERE run = $0", run);
        }
    }

    public static RunSummary Summary(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), Enum.Parse<RunState>(row.GetString(4)), row.IsDBNull(5) ? null : row.GetInt32(5),
        Time(row.GetString(6)), row.IsDBNull(7) ? null : Time(row.GetString(7)), row.GetInt32(8), row.GetInt32(9), row.GetInt64(10), row.GetInt32(11));

    public static DataUse Use(SqliteDataReader row) => new(row.GetString(0), row.GetInt64(1) == 1, new DataVersion(
        row.GetString(2), row.GetString(3), row.GetInt64(4), row.IsDBNull(5) ? null : Time(row.GetString(5)), row.IsDBNull(6) ? null : row.GetString(6)));

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    public static string Dump(SqliteConnection db)
    {
        var text = new StringBuilder();
        foreach (string table in new[] { "runs", "uses", "problems", "settings" })
        {
            using SqliteCommand query = Command(db, $"SELECT * FROM {table} ORDER BY 1, 2, 3");
            using SqliteDataReader rows = query.ExecuteReader();
            while (rows.Read())
            {
                text.Append(table).Append('\t').AppendJoin('\t', Enumerable.Range(0, rows.FieldCount).Select(i => rows.GetValue(i))).Append('\n');
            }
        }

        return text.ToString();
    }

    public static void Do(SqliteConnection db, string sql, params ReadOnlySpan<object?> values)
    {
        using SqliteCommand command = Command(db, sql, values);
        command.ExecuteNonQuery();
    }

    public static SqliteCommand Command(SqliteConnection db, string sql, params ReadOnlySpan<object?> values)
    {
        SqliteCommand command = db.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue("$" + i.ToString(CultureInfo.InvariantCulture), values[i] ?? DBNull.Value);
        }

        return command;
    }

    private static void Uses(SqliteConnection db, string run, int written, IReadOnlyList<DataVersion> versions)
    {
        int position = 0;
        foreach (DataVersion data in versions)
        {
            Do(db, "INSERT INTO uses VALUES ($0, $1, $2, $3, $4, $5, $6, $7)", run, written, position++, data.Path, data.Sha256, data.Bytes, data.Modified is { } modified ? Text(modified) : null, data.MediaType);
        }
    }

    private static long UserVersion(SqliteConnection db)
    {
        using SqliteCommand query = Command(db, "PRAGMA user_version");
        return (long)query.ExecuteScalar()!;
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
