using System.Globalization;
using Cairn.Adapters.Stores;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Tests.Stores;

/// <summary>A project's <c>.cairn</c> in a folder of its own, with a clock that goes on one second at each run and ids that count.</summary>
internal sealed class TemporaryStore : IDisposable
{
    private readonly CountingClock _clock = new();
    private int _ids;

    public TemporaryStore()
    {
        Project = Directory.CreateTempSubdirectory("cairn-store-").FullName;
        Store = Path.Combine(Project, ".cairn");
        Ledger = new RunFolders(Store, _clock, () => (++_ids).ToString("x4", CultureInfo.InvariantCulture) + "000000000000");
        History = new RunHistory(Store);
    }

    public string Project { get; }

    public string Store { get; }

    public RunFolders Ledger { get; }

    public RunHistory History { get; }

    public CountingClock Clock => _clock;

    public static RunOpening Opening(string name = "share", string text = "flow: share\n") => new(
        "flow", name, $"/data/{name}.flow.yaml", text, [new SettingInForce("data", "/data/in", "--set")],
        new Surroundings("ada", Environment.MachineName, "Debian 12", ".NET 10", "0.1.0", Environment.ProcessId, ["cairn", "run", name], "/data", new Dictionary<string, string> { ["LANG"] = "C.UTF-8" }));

    /// <summary>Writes a file of the project and gives its version.</summary>
    public DataVersion File(string name, string content)
    {
        string path = Path.Combine(Project, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        byte[] bytes = System.IO.File.ReadAllBytes(path);
        return new DataVersion(path, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), bytes.Length, System.IO.File.GetLastWriteTimeUtc(path), "text/tab-separated-values");
    }

    /// <summary>A run from these inputs to these outputs; returns its id.</summary>
    public string Run(string name, IReadOnlyList<DataVersion> inputs, IReadOnlyList<DataVersion> outputs, RunState state = RunState.Done, Keep? keep = null, FlowReport? report = null, string text = "flow: share\n")
    {
        using IOpenRun run = Ledger.Open(Opening(name, text));
        run.Close(new RunClosing(state, state == RunState.Done ? 0 : 4, (report ?? new FlowReport(name)) with { Inputs = inputs, Outputs = outputs }, []), keep ?? new Keep());
        return run.Id;
    }

    public void Dispose() => Directory.Delete(Project, recursive: true);
}

internal sealed class CountingClock : TimeProvider
{
    private long _seconds;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 11, 21, 10, 4, 0, TimeSpan.Zero).AddSeconds(Interlocked.Increment(ref _seconds) - 1);

    public void Skip(TimeSpan time) => Interlocked.Add(ref _seconds, (long)time.TotalSeconds);
}
