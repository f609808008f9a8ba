using Cairn.Core.Provenance;

namespace Cairn.Adapters.Stores;

/// <summary>Where things lie in a project's <c>.cairn</c> folder.</summary>
internal sealed record StorePaths(string Store)
{
    public string Runs => Path.Combine(Store, "runs");
    public string Lock => Path.Combine(Store, "lock");
    public string Journal => Path.Combine(Store, "journal");
    public string Index => Path.Combine(Store, "index.db");
    public string Archive => Path.Combine(Store, "archive");

    /// <summary>Working tables and temporary files of runs under way: outside their folders, so that what a killed run leaves is found at once.</summary>
    public string Work => Path.Combine(Store, "work");

    public string WorkOf(string run) => Path.Combine(Work, run.Replace('/', '_'));

    /// <summary>The run that a folder below <see cref="Work"/> belongs to.</summary>
    public static string RunOfWork(string folder) => string.Concat(folder.AsSpan(0, 7), "/", folder.AsSpan(8));

    /// <summary>A run's folder from its name, such as <c>2026-11/21T10-04-00-share-7f3a</c>.</summary>
    public string Folder(string run) => Path.Combine(Runs, run.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The names of all runs, oldest first.</summary>
    public IEnumerable<string> All()
    {
        if (!Directory.Exists(Runs))
        {
            yield break;
        }

        foreach (string month in Names(Runs))
        {
            foreach (string run in All(month))
            {
                yield return run;
            }
        }
    }

    /// <summary>The names of one month's runs, oldest first.</summary>
    public IEnumerable<string> All(string month) => Names(Path.Combine(Runs, month)).Select(run => $"{month}/{run}");

    /// <summary>The id at the end of a run's name.</summary>
    public static string IdOf(string run) => run[(run.LastIndexOf('-') + 1)..];

    public const string Manifest = "run.json";

    /// <summary>A manifest that is written but not yet in force: it is once the journal has its hash.</summary>
    public const string NextManifest = "run.json.new";

    /// <summary>Held open while the run is under way.</summary>
    public const string RunLock = "lock";

    /// <summary>Begins the name of a run's folder that is about to be removed.</summary>
    public const string Gone = ".gone-";

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateDirectories(folder).Select(p => Path.GetFileName(p)).Where(n => n[0] != '.').Order(StringComparer.Ordinal);
}
