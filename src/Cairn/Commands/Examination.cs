using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Cairn.Adapters.DuckDb;
using Cairn.Core;
using Microsoft.Data.Sqlite;

namespace Cairn.Commands;

/// <summary>One thing doctor looked at.</summary>
/// <param name="Fix">What to do; null when all is well.</param>
internal sealed record Finding(string Name, bool Well, string Found, string? Fix = null);

/// <summary>What doctor looks at. Each check stands alone: one that cannot be made is a finding, not an end.</summary>
internal static class Examination
{
    private const long LeastFreeBytes = 2L * 1024 * 1024 * 1024;

    public static IEnumerable<Finding> All(Composition cairn)
    {
        yield return new Finding("cairn", true, VersionCommand.Text);
        yield return new Finding("runtime", true, $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {System.Environment.ProcessorCount} processors, {MegaBytes(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)} memory");
        yield return Engine();
        yield return Sqlite();
        yield return Writable("store", cairn.Store);
        yield return Writable("working tables", cairn.Settings.Temp ?? cairn.Store);
        yield return Writable("temporary folder", Path.GetTempPath());
        yield return FreeDisk(cairn.Project.Folder);
        yield return Clock(cairn.Clock);
    }

    /// <summary>Writes the findings for somebody else's eyes: the user's folders and name are left out.</summary>
    public static void Save(string file, IReadOnlyList<Finding> findings, Composition cairn)
    {
        var text = new StringBuilder();
        foreach (Finding finding in findings)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(finding.Well ? "ok" : "FIX")}\t{finding.Name}\t{Scrub(finding.Found, cairn)}\n");
        }

        try
        {
            File.WriteAllText(file, text.ToString());
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("output/not-written", ProblemKind.Refused, $"{cairn.Shown(file)} cannot be written", Help: "name a file in a folder you can write to"), cause);
        }
    }

    private static string Scrub(string text, Composition cairn)
    {
        foreach ((string? secret, string instead) in new[] { (cairn.Project.Folder, "<project>"), (cairn.Variable("HOME"), "<home>"), (cairn.Variable("USER"), "<user>") })
        {
            text = string.IsNullOrEmpty(secret) || secret == "/" ? text : text.Replace(secret, instead, StringComparison.Ordinal);
        }

        return text;
    }

    private static Finding Engine()
    {
        try
        {
            using DuckDbDatabase database = DuckDbDatabase.Open(":memory:");
            using DuckDbConnection connection = database.Connect();
            long two = connection.Scalar<long>("SELECT 1 + 1");
            return new Finding("DuckDB", two == 2, $"{DuckDbDatabase.EngineVersion}, answers", two == 2 ? null : "install cairn again");
        }
        catch (Exception cause) when (cause is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException or DuckDbException)
        {
            return new Finding("DuckDB", false, "its library cannot be loaded; nothing can be shaped without it", "build cairn again on this machine: ./cairn in a copy of its source fetches the library");
        }
    }

    private static Finding Sqlite()
    {
        try
        {
            using var connection = new SqliteConnection("Data Source=:memory:");
            connection.Open();
            return new Finding("SQLite", true, $"{connection.ServerVersion}, answers");
        }
        catch (Exception cause) when (cause is SqliteException or DllNotFoundException or TypeInitializationException)
        {
            return new Finding("SQLite", false, "its library cannot be loaded; runs are kept, but found only by reading every folder", "build cairn again on this machine");
        }
    }

    private static Finding Writable(string name, string folder)
    {
        // The nearest folder that is there decides; nothing is left behind.
        string at = folder;
        while (!Directory.Exists(at) && Path.GetDirectoryName(at) is { } parent)
        {
            at = parent;
        }

        string probe = Path.Combine(at, $".cairn-doctor-{System.Environment.ProcessId}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new Finding(name, true, $"{folder} can be written");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return new Finding(name, false, $"{folder} cannot be written", $"give yourself the right to write in {at}, or choose another place: cairn config --origin");
        }
    }

    private static Finding FreeDisk(string folder)
    {
        try
        {
            long free = new DriveInfo(folder).AvailableFreeSpace;
            return free >= LeastFreeBytes
                ? new Finding("free disk", true, $"{MegaBytes(free)} free for working tables and runs")
                : new Finding("free disk", false, $"only {MegaBytes(free)} free", "free some space, or put working tables elsewhere: set temp in cairn.local.yaml; cairn runs prune");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Finding("free disk", false, "it cannot be told how much is free", "look with your system's own tools");
        }
    }

    private static Finding Clock(TimeProvider clock)
    {
        DateTimeOffset now = clock.GetUtcNow();
        string zone = TimeZoneInfo.Local.Id;
        return now.Year is >= 2024 and < 2100
            ? new Finding("clock", true, $"{now:yyyy-MM-dd HH:mm} UTC, zone {zone}")
            : new Finding("clock", false, $"the clock says {now:yyyy-MM-dd HH:mm} UTC", "set the clock: runs are named and ordered by time");
    }

    private static string MegaBytes(long bytes) => (bytes / 1_000_000).ToString("N0", CultureInfo.InvariantCulture) + " MB";
}
