using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Cairn.RedcapServer.Storage;

/// <summary>What a change of a project's structure asks of the tables.</summary>
public static class StoredStructure
{
    /// <summary>The highest number that an event of any project has; 0 when there is none.</summary>
    public static int HighestEvent(this ProjectSession session) => HighestEvent(session.Database);

    /// <summary>The number of a new data access group: no group of the project has had it, so that what the log tells of an old one is not taken for the new one's.</summary>
    public static int NextDag(this ProjectSession session)
    {
        object? logged = Schema.Scalar(session.Database, "SELECT max(dag) FROM log WHERE project = $0", session.Project.Id);
        int most = logged is null ? 0 : Convert.ToInt32(logged, CultureInfo.InvariantCulture);
        return session.Project.Design.Dags.Select(d => d.Id).Append(most).Max() + 1;
    }

    /// <summary>Takes all records out of a group.</summary>
    public static void LeaveDag(this ProjectSession session, int dag) =>
        Schema.Do(session.Database, "UPDATE records SET dag = NULL WHERE project = $0 AND dag = $1", session.Project.Id, dag);

    /// <summary>The records that have rows in an event.</summary>
    public static IReadOnlyList<string> RecordsOfEvent(this ProjectSession session, int eventId)
    {
        using SqliteCommand command = Schema.Command(
            session.Database,
            "SELECT record FROM records r WHERE project = $0 AND EXISTS (SELECT 1 FROM rows d WHERE d.project = r.project AND d.sort = r.sort AND d.event = $1) ORDER BY sort",
            session.Project.Id, eventId);
        using SqliteDataReader rows = command.ExecuteReader();
        var found = new List<string>();
        while (rows.Read())
        {
            found.Add(rows.GetString(0));
        }

        return found;
    }

    /// <summary>Puts the rows of one event into another that has none yet.</summary>
    public static void MoveRows(this ProjectSession session, int from, int to) =>
        Schema.Do(session.Database, "UPDATE OR REPLACE rows SET event = $2 WHERE project = $0 AND event = $1", session.Project.Id, from, to);

    /// <summary>A user who is no longer in the project has no token for it either.</summary>
    public static void DeleteToken(this ProjectSession session, string user) =>
        Schema.Do(session.Database, "DELETE FROM tokens WHERE project = $0 AND username = $1 COLLATE NOCASE", session.Project.Id, user);

    internal static int HighestEvent(SqliteConnection db) =>
        Convert.ToInt32(Schema.Scalar(db, "SELECT max(json_extract(e.value, '$.Id')) FROM projects p, json_each(p.design, '$.Events') e") ?? 0, CultureInfo.InvariantCulture);
}
