using System.Globalization;
using System.Text.Json;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Records;
using Microsoft.Data.Sqlite;

namespace Cairn.RedcapServer.Storage;

/// <summary>What a log entry is about, in the words of the API's <c>logtype</c>.</summary>
public enum LogKind
{
    Export,
    Manage,
    User,
    RecordAdd,
    RecordEdit,
    RecordDelete,
    LockRecord,
    PageView,
}

/// <summary>One entry of a project's log. The time is the server's, <c>YYYY-MM-DD HH:MM:SS</c>.</summary>
public sealed record LogEntry(string At, string User, LogKind Kind, string Action, string Details, string? Record, int? Dag)
{
    /// <summary>The action of a change of, or a look at, a project's definition; the blank at its end is REDCap's.</summary>
    public const string ManageAction = "Manage/Design ";

    /// <summary>The action of an export of records or of a report; the blank at its end is REDCap's.</summary>
    public const string ExportAction = "Data export (API) ";
}

/// <summary>One look at a project, or one change of it: a transaction. Used by one thread.</summary>
public sealed class ProjectSession : IDisposable
{
    private readonly RedcapStore _store;
    private readonly SqliteConnection _db;
    private readonly SqliteTransaction _transaction;
    private readonly SemaphoreSlim? _writing;

    internal ProjectSession(RedcapStore store, SqliteConnection db, int project, string user, SemaphoreSlim? writing)
    {
        (_store, _db, _writing, User) = (store, db, writing, user);
        _transaction = db.BeginTransaction(deferred: writing is null);
        Project = store.Load(db, project) ?? throw new KeyNotFoundException($"there is no project {project}");
    }

    /// <summary>The session of a project that is made in it.</summary>
    internal ProjectSession(RedcapStore store, SqliteConnection db, Func<int, Design> make, string user, SemaphoreSlim writing)
    {
        (_store, _db, _writing, User) = (store, db, writing, user);
        _transaction = db.BeginTransaction(deferred: false);
        Design design = make(StoredStructure.HighestEvent(db));
        Project = new Project(RedcapStore.Insert(db, design), version: 1, design);
    }

    public Project Project { get; private set; }

    /// <summary>In whose name things are done.</summary>
    public string User { get; }

    public bool Writing => _writing is not null;

    public DateTime Now => _store.Clock.GetLocalNow().DateTime;

    /// <summary>The time as the log and the settings write it.</summary>
    public string Timestamp => Now.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Random bytes of this server, from which links and codes are derived.</summary>
    public byte[] Secret() => _store.Secret();

    internal SqliteConnection Database => _db;

    /// <summary>Every record with its rows, in order, one at a time.</summary>
    public IEnumerable<RecordData> Records() => Records("SELECT r.record, r.dag, d.event, d.form, d.instance, d.cells FROM records r LEFT JOIN rows d USING (project, sort) WHERE r.project = $0 ORDER BY r.sort");

    /// <summary>The records of these names that there are, in order.</summary>
    public IEnumerable<RecordData> Records(IEnumerable<string> names) =>
        names.Distinct().Select(n => (Name: n, Key: NaturalOrder.Key(n))).OrderBy(p => p.Key, BytesInOrder).Select(p => Record(p.Name)).OfType<RecordData>();

    /// <summary>The names of all records in order.</summary>
    public IEnumerable<string> RecordNames()
    {
        using SqliteCommand command = Schema.Command(_db, "SELECT record FROM records WHERE project = $0 ORDER BY sort", Project.Id);
        using SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return rows.GetString(0);
        }
    }

    public long CountRecords() => (long)Schema.Scalar(_db, "SELECT count(*) FROM records WHERE project = $0", Project.Id)!;

    /// <summary>Null when there is none of this name.</summary>
    public RecordData? Record(string name)
    {
        using SqliteCommand command = Schema.Command(
            _db, "SELECT r.record, r.dag, d.event, d.form, d.instance, d.cells FROM records r LEFT JOIN rows d USING (project, sort) WHERE r.project = $0 AND r.sort = $1", Project.Id, NaturalOrder.Key(name));
        return Grouped(command).FirstOrDefault();
    }

    public bool Exists(string record) => Schema.Scalar(_db, "SELECT 1 FROM records WHERE project = $0 AND sort = $1", Project.Id, NaturalOrder.Key(record)) is not null;

    /// <summary>Writes a record as it is now: its group and all its rows, and no others.</summary>
    public void Save(RecordData record)
    {
        byte[] sort = NaturalOrder.Key(record.Name);
        Schema.Do(_db, "INSERT INTO records (project, sort, record, dag) VALUES ($0, $1, $2, $3) ON CONFLICT DO UPDATE SET dag = excluded.dag", Project.Id, sort, record.Name, record.Dag);
        Schema.Do(_db, "DELETE FROM rows WHERE project = $0 AND sort = $1", Project.Id, sort);
        foreach (DataRow row in record.Rows)
        {
            Schema.Do(
                _db, "INSERT INTO rows (project, sort, event, form, instance, cells) VALUES ($0, $1, $2, $3, $4, $5)",
                Project.Id, sort, row.Key.EventId, row.Key.Form, row.Key.Instance, row.Cells.Write());
        }
    }

    public void Delete(string record)
    {
        byte[] sort = NaturalOrder.Key(record);
        Schema.Do(_db, "DELETE FROM rows WHERE project = $0 AND sort = $1", Project.Id, sort);
        Schema.Do(_db, "DELETE FROM records WHERE project = $0 AND sort = $1", Project.Id, sort);
    }

    /// <summary>Puts another definition in place of the project's.</summary>
    public void Save(Design design)
    {
        object version = Schema.Scalar(
            _db, "UPDATE projects SET design = $1, title = $2, version = version + 1 WHERE project = $0 RETURNING version",
            Project.Id, JsonSerializer.Serialize(design, DesignJson.Default.Design), design.Settings.Title)!;
        Project = new Project(Project.Id, Convert.ToInt64(version, CultureInfo.InvariantCulture), design);
    }

    public void Log(LogKind kind, string action, string details, string? record = null, int? dag = null) =>
        Schema.Do(
            _db, "INSERT INTO log (project, at, username, kind, action, details, record, dag) VALUES ($0, $1, $2, $3, $4, $5, $6, $7)",
            Project.Id, Timestamp, User, kind.ToString(), action, details, record, dag);

    /// <summary>The log, newest first, of entries from one time up to another (both included; null for no bound).</summary>
    public IEnumerable<LogEntry> LogEntries(string? from = null, string? to = null)
    {
        using SqliteCommand command = Schema.Command(
            _db, "SELECT at, username, kind, action, details, record, dag FROM log WHERE project = $0 AND ($1 IS NULL OR at >= $1) AND ($2 IS NULL OR at <= $2) ORDER BY entry DESC", Project.Id, from, to);
        using SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return new LogEntry(
                rows.GetString(0), rows.GetString(1), Enum.Parse<LogKind>(rows.GetString(2)), rows.GetString(3), rows.GetString(4),
                rows.IsDBNull(5) ? null : rows.GetString(5), rows.IsDBNull(6) ? null : rows.GetInt32(6));
        }
    }

    /// <summary>Takes the values of a record out of the log, as the deletion of a record may ask for.</summary>
    public void ForgetDetails(string record) => Schema.Do(_db, "UPDATE log SET details = '[removed with the record]' WHERE project = $0 AND record = $1", Project.Id, record);

    /// <summary>Makes what was changed permanent.</summary>
    public void Commit() => _transaction.Commit();

    public void Dispose()
    {
        try
        {
            _transaction.Dispose();
            _db.Dispose();
        }
        finally
        {
            _writing?.Release();
        }
    }

    private static readonly Comparer<byte[]> BytesInOrder = Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b));

    private IEnumerable<RecordData> Records(string sql)
    {
        using SqliteCommand command = Schema.Command(_db, sql, Project.Id);
        foreach (RecordData record in Grouped(command))
        {
            yield return record;
        }
    }

    private IEnumerable<RecordData> Grouped(SqliteCommand command)
    {
        using SqliteDataReader rows = command.ExecuteReader();
        RecordData? record = null;
        while (rows.Read())
        {
            string name = rows.GetString(0);
            if (record is not null && record.Name != name)
            {
                yield return record;
                record = null;
            }

            record ??= new RecordData(name, rows.IsDBNull(1) ? null : rows.GetInt32(1), Project);
            if (!rows.IsDBNull(2))
            {
                record.Add(new DataRow(new RowKey(rows.GetInt32(2), rows.GetString(3), rows.GetInt32(4)), Cells.Read(rows.GetFieldValue<byte[]>(5))));
            }
        }

        if (record is not null)
        {
            yield return record;
        }
    }
}
