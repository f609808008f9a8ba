using Microsoft.Data.Sqlite;

namespace Cairn.RedcapServer.Storage;

/// <summary>The tables of a server's database.</summary>
internal static class Schema
{
    private const int Version = 1;

    /// <summary>Makes the tables of a new database. Throws <see cref="InvalidDataException"/> for one of another version.</summary>
    public static void Make(SqliteConnection db)
    {
        long version = Convert.ToInt64(Scalar(db, "PRAGMA user_version"), System.Globalization.CultureInfo.InvariantCulture);
        if (version == Version)
        {
            return;
        }

        if (version != 0)
        {
            throw new InvalidDataException($"the data are of version {version}, and this program writes version {Version}");
        }

        // Rows are up to some kilobytes each and read in order: large pages hold many of them.
        Do(db, "PRAGMA page_size = 16384");
        Do(db, "PRAGMA journal_mode = WAL");
        using SqliteTransaction alone = db.BeginTransaction();
        Do(db, $"""
            CREATE TABLE projects (project INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL, title TEXT NOT NULL, design TEXT NOT NULL);
            CREATE TABLE tokens (hash BLOB PRIMARY KEY, project INTEGER NOT NULL, username TEXT NOT NULL, ending TEXT NOT NULL, issued TEXT NOT NULL) WITHOUT ROWID;
            CREATE UNIQUE INDEX tokens_user ON tokens (project, username COLLATE NOCASE);
            CREATE TABLE records (project INTEGER NOT NULL, sort BLOB NOT NULL, record TEXT NOT NULL, dag INTEGER, PRIMARY KEY (project, sort)) WITHOUT ROWID;
            CREATE TABLE rows (project INTEGER NOT NULL, sort BLOB NOT NULL, event INTEGER NOT NULL, form TEXT NOT NULL, instance INTEGER NOT NULL, cells BLOB NOT NULL,
              PRIMARY KEY (project, sort, event, form, instance)) WITHOUT ROWID;
            CREATE TABLE log (entry INTEGER PRIMARY KEY, project INTEGER NOT NULL, at TEXT NOT NULL, username TEXT NOT NULL, kind TEXT NOT NULL, action TEXT NOT NULL,
              details TEXT NOT NULL, record TEXT, dag INTEGER);
            CREATE INDEX log_project ON log (project, at);
            CREATE INDEX log_record ON log (project, record) WHERE record IS NOT NULL;
            CREATE TABLE files (doc INTEGER PRIMARY KEY AUTOINCREMENT, project INTEGER NOT NULL, name TEXT NOT NULL, media_type TEXT NOT NULL, content BLOB NOT NULL, folder INTEGER,
              in_repository INTEGER NOT NULL DEFAULT 0);
            CREATE INDEX files_repository ON files (project, folder) WHERE in_repository = 1;
            CREATE TABLE folders (folder INTEGER PRIMARY KEY AUTOINCREMENT, project INTEGER NOT NULL, parent INTEGER, name TEXT NOT NULL, dag INTEGER, role TEXT);
            CREATE TABLE keys (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
            PRAGMA user_version = {Version};
            """);
        alone.Commit();
    }

    public static void Do(SqliteConnection db, string sql, params ReadOnlySpan<object?> values)
    {
        using SqliteCommand command = Command(db, sql, values);
        command.ExecuteNonQuery();
    }

    public static object? Scalar(SqliteConnection db, string sql, params ReadOnlySpan<object?> values)
    {
        using SqliteCommand command = Command(db, sql, values);
        object? value = command.ExecuteScalar();
        return value is DBNull ? null : value;
    }

    /// <summary>A statement whose parameters are <c>$0</c>, <c>$1</c> and so on.</summary>
    public static SqliteCommand Command(SqliteConnection db, string sql, params ReadOnlySpan<object?> values)
    {
        SqliteCommand command = db.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue("$" + i.ToString(System.Globalization.CultureInfo.InvariantCulture), values[i] ?? DBNull.Value);
        }

        return command;
    }
}
