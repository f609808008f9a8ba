using Cairn.Core;
using Cairn.Core.Provenance;
using Microsoft.Data.Sqlite;

namespace Cairn.Adapters.Stores;

/// <summary>
/// Brings the index up to the folders. A month whose folder has not changed since it was looked at has the same runs; of those only the ones that
/// were under way are read again.
/// </summary>
internal sealed class IndexCatchUp(StorePaths paths, RunHistory history, SqliteConnection db)
{
    // File systems stamp folders with a clock of coarse ticks: a change right after a look may carry the same time.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    /// <summary>Returns how many runs were read.</summary>
    public int Run(Action<string>? say)
    {
        Dictionary<string, long> known = Months();
        Dictionary<string, long> there = Directory.Exists(paths.Runs)
            ? new DirectoryInfo(paths.Runs).EnumerateDirectories().Where(m => m.Name[0] != '.').ToDictionary(m => m.Name, m => m.LastWriteTimeUtc.Ticks)
            : [];
        List<string> changed = [.. there.Where(m => !known.TryGetValue(m.Key, out long then) || then != m.Value).Select(m => m.Key)];
        List<string> gone = [.. known.Keys.Where(m => !there.ContainsKey(m))];
        List<string> ended = Names("SELECT run FROM runs WHERE state = 'Running'").FindAll(HasEnded);
        if (changed.Count == 0 && gone.Count == 0 && ended.Count == 0)
        {
            return 0;
        }

        using SqliteTransaction alone = db.BeginTransaction();
        var toRead = new HashSet<string>(ended, StringComparer.Ordinal);
        foreach (string month in changed.Concat(gone))
        {
            HashSet<string> indexed = [.. Names("SELECT run FROM runs WHERE run >= $0 || '/' AND run < $0 || '0'", month)];
            HashSet<string> folders = there.ContainsKey(month) ? [.. paths.All(month)] : [];
            foreach (string run in indexed.Except(folders))
            {
                IndexSchema.Remove(db, run);
                toRead.Remove(run);
            }

            toRead.UnionWith(folders.Except(indexed));
            Remember(month, there);
        }

        int read = toRead.Order(StringComparer.Ordinal).Count(run => TryPut(run, say));
        alone.Commit();
        return read;
    }

    private bool HasEnded(string run)
    {
        try
        {
            return history.Read(run).State != RunState.Running;
        }
        catch (ProblemException)
        {
            return true;
        }
    }

    private bool TryPut(string run, Action<string>? say)
    {
        try
        {
            IndexSchema.Put(db, history.Read(run));
            return true;
        }
        catch (ProblemException e)
        {
            say?.Invoke(e.Problems[0].Message);
            return false;
        }
    }

    private void Remember(string month, Dictionary<string, long> there)
    {
        IndexSchema.Do(db, "DELETE FROM months WHERE month = $0", month);
        if (there.TryGetValue(month, out long changed))
        {
            bool settled = DateTime.UtcNow - new DateTime(changed, DateTimeKind.Utc) > Settled;
            IndexSchema.Do(db, "INSERT INTO months VALUES ($0, $1)", month, settled ? changed : 0);
        }
    }

    private Dictionary<string, long> Months()
    {
        var months = new Dictionary<string, long>();
        using SqliteCommand query = IndexSchema.Command(db, "SELECT month, changed FROM months");
        using SqliteDataReader rows = query.ExecuteReader();
        while (rows.Read())
        {
            months[rows.GetString(0)] = rows.GetInt64(1);
        }

        return months;
    }

    private List<string> Names(string sql, params ReadOnlySpan<object?> values)
    {
        var names = new List<string>();
        using SqliteCommand query = IndexSchema.Command(db, sql, values);
        using SqliteDataReader rows = query.ExecuteReader();
        while (rows.Read())
        {
            names.Add(rows.GetString(0));
        }

        return names;
    }
}
