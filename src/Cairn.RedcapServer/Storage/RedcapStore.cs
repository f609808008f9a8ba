using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cairn.RedcapServer.Definitions;
using Microsoft.Data.Sqlite;

namespace Cairn.RedcapServer.Storage;

/// <summary>Who holds a token: never the token itself, only its last four characters.</summary>
public sealed record TokenOwner(int Project, string User, string Ending, string Issued);

/// <summary>
/// All projects of a server, in one SQLite database of its folder. Reading sees one moment of it throughout; writing is all or nothing, and on the disk
/// when it returns. Several processes may have it open. Safe to use from several threads.
/// </summary>
public sealed class RedcapStore : IDisposable
{
    private const string FileName = "redcap.db";
    private readonly string _connection;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ConcurrentDictionary<int, Project> _projects = new();

    private RedcapStore(string path, TimeProvider clock)
    {
        _connection = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 60 }.ToString();
        Clock = clock;
    }

    internal TimeProvider Clock { get; }

    /// <summary>Whether a folder holds a server's data.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>Opens the database in a folder, which is made when it is not there. Throws what the system throws for a folder or file that cannot be used.</summary>
    public static RedcapStore Open(string folder, TimeProvider clock)
    {
        // Copies of studies' records are for whoever runs the server alone.
        _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var store = new RedcapStore(Path.Combine(folder, FileName), clock);
        using SqliteConnection db = store.Connect();
        Schema.Make(db);
        return store;
    }

    /// <summary>The projects there are: number and title.</summary>
    public IReadOnlyList<(int Id, string Title)> Projects()
    {
        using SqliteConnection db = Connect();
        using SqliteCommand command = Schema.Command(db, "SELECT project, title FROM projects ORDER BY project");
        using SqliteDataReader rows = command.ExecuteReader();
        var found = new List<(int, string)>();
        while (rows.Read())
        {
            found.Add((rows.GetInt32(0), rows.GetString(1)));
        }

        return found;
    }

    public bool Has(int project)
    {
        using SqliteConnection db = Connect();
        return Schema.Scalar(db, "SELECT 1 FROM projects WHERE project = $0", project) is not null;
    }

    /// <summary>A new project; its number.</summary>
    public int Create(Design design)
    {
        using SqliteConnection db = Connect();
        return Insert(db, design);
    }

    internal static int Insert(SqliteConnection db, Design design)
    {
        object id = Schema.Scalar(
            db, "INSERT INTO projects (version, title, design) VALUES (1, $0, $1) RETURNING project", design.Settings.Title, JsonSerializer.Serialize(design, DesignJson.Default.Design))!;
        return Convert.ToInt32(id, CultureInfo.InvariantCulture);
    }

    /// <summary>Looks at one moment of a project until disposed.</summary>
    public ProjectSession Read(int project, string user) => new(this, Connect(), project, user, writing: null);

    /// <summary>Changes a project: nothing is changed unless <see cref="ProjectSession.Commit"/> is called before disposal. One at a time; others wait.</summary>
    public ProjectSession Write(int project, string user)
    {
        _writing.Wait();
        return Opened(db => new ProjectSession(this, db, project, user, _writing));
    }

    /// <summary>Begins a new project with all that its session puts into it: the project is there once that is committed, and otherwise never was.</summary>
    /// <param name="make">The definition, given the highest number that an event of any project has.</param>
    public ProjectSession Begin(Func<int, Design> make, string user)
    {
        _writing.Wait();
        return Opened(db => new ProjectSession(this, db, make, user, _writing));
    }

    /// <summary>Gives a user a new token for a project, 32 characters of 0-9 and A-F; one he had before no longer works.</summary>
    public string IssueToken(int project, string user)
    {
        string token = RandomNumberGenerator.GetHexString(32);
        SetToken(project, user, token);
        return token;
    }

    /// <summary>Lets a token chosen beforehand stand for a user, as demonstrations and tests need.</summary>
    public void SetToken(int project, string user, string token)
    {
        using SqliteConnection db = Connect();
        using SqliteTransaction both = db.BeginTransaction();
        Schema.Do(db, "DELETE FROM tokens WHERE project = $0 AND username = $1 COLLATE NOCASE", project, user);
        Schema.Do(
            db, "INSERT INTO tokens (hash, project, username, ending, issued) VALUES ($0, $1, $2, $3, $4)",
            Hash(token), project, user, token[^4..], Clock.GetLocalNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        both.Commit();
    }

    /// <summary>False when the user had none.</summary>
    public bool DeleteToken(int project, string user)
    {
        using SqliteConnection db = Connect();
        using SqliteCommand command = Schema.Command(db, "DELETE FROM tokens WHERE project = $0 AND username = $1 COLLATE NOCASE", project, user);
        return command.ExecuteNonQuery() > 0;
    }

    /// <summary>Null for a token that is nobody's. Compared as sent: a line end behind it makes another token.</summary>
    public TokenOwner? OwnerOf(string token)
    {
        using SqliteConnection db = Connect();
        return Owners(db, "SELECT project, username, ending, issued FROM tokens WHERE hash = $0", Hash(token)).FirstOrDefault();
    }

    public IReadOnlyList<TokenOwner> Owners(int project)
    {
        using SqliteConnection db = Connect();
        return Owners(db, "SELECT project, username, ending, issued FROM tokens WHERE project = $0 ORDER BY username", project);
    }

    /// <summary>The project that was made of a file, by the hash of the file's content; null when none was.</summary>
    public int? ProjectOf(string content)
    {
        using SqliteConnection db = Connect();
        return Schema.Scalar(db, "SELECT value FROM keys WHERE name = $0", "file " + content) is byte[] project ? BitConverter.ToInt32(project) : null;
    }

    /// <summary>Remembers of which file a project was made.</summary>
    public void MadeOf(int project, string content)
    {
        using SqliteConnection db = Connect();
        Schema.Do(db, "INSERT INTO keys (name, value) VALUES ($0, $1) ON CONFLICT DO UPDATE SET value = excluded.value", "file " + content, BitConverter.GetBytes(project));
    }

    /// <summary>32 random bytes that stay the same for the life of this database, from which links and codes are derived.</summary>
    public byte[] Secret()
    {
        using SqliteConnection db = Connect();
        Schema.Do(db, "INSERT INTO keys (name, value) VALUES ('links', $0) ON CONFLICT DO NOTHING", RandomNumberGenerator.GetBytes(32));
        return (byte[])Schema.Scalar(db, "SELECT value FROM keys WHERE name = 'links'")!;
    }

    public void Dispose()
    {
        _writing.Dispose();
        using var db = new SqliteConnection(_connection);
        SqliteConnection.ClearPool(db);
    }

    /// <summary>The project as of this connection's moment, from memory when it has not changed; null when there is none.</summary>
    internal Project? Load(SqliteConnection db, int id)
    {
        if (Schema.Scalar(db, "SELECT version FROM projects WHERE project = $0", id) is not long version)
        {
            return null;
        }

        if (_projects.TryGetValue(id, out Project? known) && known.Version == version)
        {
            return known;
        }

        string design = (string)Schema.Scalar(db, "SELECT design FROM projects WHERE project = $0", id)!;
        var project = new Project(id, version, JsonSerializer.Deserialize(design, DesignJson.Default.Design)!);
        _projects[id] = project;
        return project;
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static List<TokenOwner> Owners(SqliteConnection db, string sql, object value)
    {
        using SqliteCommand command = Schema.Command(db, sql, value);
        using SqliteDataReader rows = command.ExecuteReader();
        var found = new List<TokenOwner>();
        while (rows.Read())
        {
            found.Add(new TokenOwner(rows.GetInt32(0), rows.GetString(1), rows.GetString(2), rows.GetString(3)));
        }

        return found;
    }

    /// <summary>A session that writes; when there is none after all, nothing stays locked.</summary>
    private ProjectSession Opened(Func<SqliteConnection, ProjectSession> open)
    {
        SqliteConnection? db = null;
        try
        {
            db = Connect();
            return open(db);
        }
        catch
        {
            db?.Dispose();
            _writing.Release();
            throw;
        }
    }

    internal SqliteConnection Connect()
    {
        var db = new SqliteConnection(_connection);
        db.Open();
        // What was acknowledged is on the disk, also when the machine itself stops.
        Schema.Do(db, "PRAGMA synchronous = FULL");
        return db;
    }
}
