using System.Diagnostics;
using Cairn.Adapters.Stores;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Tests.Stores;

/// <summary>Processes that are killed, and processes at the same time.</summary>
public sealed class RunCrashTests : IDisposable
{
    private readonly string _project = Directory.CreateTempSubdirectory("cairn-crash-").FullName;

    private string Store => Path.Combine(_project, ".cairn");

    public void Dispose() => Directory.Delete(_project, recursive: true);

    [Theory]
    [InlineData("opened")]
    [InlineData("planned")]
    [InlineData("rows")]
    public void A_run_killed_at_a_step_is_shown_as_running_before_and_interrupted_after(string step)
    {
        using Process child = ChildProcess.Start("hold-run", Store);
        while (child.StandardOutput.ReadLine() is { } line && line != step)
        {
            child.StandardInput.WriteLine("go on");
        }

        var history = new RunHistory(Store);
        RunManifest before = history.Read(Assert.Single(history.Names));
        child.Kill();
        child.WaitForExit();
        RunManifest after = history.Read(Assert.Single(history.Names));

        Assert.Equal(RunState.Running, before.State);
        Assert.Equal(RunState.Interrupted, after.State);
        Assert.Equal("held", after.Name);
        Assert.True(File.Exists(Path.Combine(history.FolderOf(after.Folder), "held.flow.yaml")));
        Assert.Equal(step != "opened", File.Exists(Path.Combine(history.FolderOf(after.Folder), "plan.json")));
        using IOpenRun next = Ledger().Open(TemporaryStore.Opening());
        next.Close(new RunClosing(RunState.Done, 0, new FlowReport("share"), []), new Keep());
        Assert.Empty(new RunVerifier(Store).All().Problems);
        Assert.True(Directory.GetDirectories(Path.Combine(Store, "work")).Length == 0, "the next run clears away the working tables of one that was killed");
    }

    /// <summary>Killed at an instant nobody chose: whatever it was doing, every folder can be read, the chain holds, and work goes on.</summary>
    [Fact]
    public void Killed_at_any_moment_the_store_holds()
    {
        int kills = Environment.GetEnvironmentVariable("CAIRN_LONG") is { Length: > 0 } ? 200 : 12;
        int seed = Environment.TickCount;
        var random = new Random(seed);
        for (int kill = 0; kill < kills; kill++)
        {
            using Process child = ChildProcess.Start("close-runs", Store, "1000");
            for (int lines = random.Next(1, 4); lines > 0; lines--)
            {
                Assert.NotNull(child.StandardOutput.ReadLine());
            }

            Thread.Sleep(random.Next(12));
            child.Kill();
            child.WaitForExit();
            var history = new RunHistory(Store);
            List<RunManifest> runs = [.. history.Names.Select(history.Read)];
            Verification whole = new RunVerifier(Store).All();

            Assert.True(runs.TrueForAll(r => r.State is RunState.Done or RunState.Interrupted), $"seed {seed}, kill {kill}");
            Assert.True(whole.Holds, $"seed {seed}, kill {kill}: {string.Join("; ", whole.Problems)}");
            Assert.Equal(whole.Head.Sequence, runs.Count(r => r.State == RunState.Done));
        }
    }

    [Fact]
    public void Several_processes_closing_runs_at_once_keep_the_chain_whole()
    {
        const int processes = 3, runs = 15;
        List<Process> children = [.. Enumerable.Range(0, processes).Select(_ => ChildProcess.Start("close-runs", Store, runs.ToString()))];
        foreach (Process child in children)
        {
            child.StandardInput.Close();
            child.StandardOutput.ReadToEnd();
            child.WaitForExit();
            Assert.Equal(0, child.ExitCode);
            child.Dispose();
        }

        Verification whole = new RunVerifier(Store).All();
        Assert.Empty(whole.Problems);
        Assert.Equal(processes * runs, whole.Head.Sequence);
        var history = new RunHistory(Store);
        Assert.Equal(processes * runs, history.Names.Select(n => history.Read(n).Id).Distinct().Count());
    }

    /// <summary>Between the journal and the rename: the journal has the manifest, so the run is closed.</summary>
    [Fact]
    public void A_manifest_that_was_not_renamed_in_time_is_taken()
    {
        RunFolders ledger = Ledger();
        using IOpenRun run = ledger.Open(TemporaryStore.Opening());
        string manifest = Path.Combine(run.Folder, "run.json"), begun = File.ReadAllText(manifest);
        run.Close(new RunClosing(RunState.Done, 0, new FlowReport("share"), []), new Keep());
        File.Move(manifest, manifest + ".new");
        File.WriteAllText(Path.Combine(run.Folder, "lock"), "");
        File.WriteAllText(manifest, begun);

        var history = new RunHistory(Store);
        Assert.Equal(RunState.Done, history.Find(run.Id).State);
        Assert.False(File.Exists(manifest + ".new"));
        Assert.Empty(new RunVerifier(Store).All().Problems);
    }

    /// <summary>Before the journal: the run was not closed.</summary>
    [Fact]
    public void A_manifest_that_the_journal_does_not_know_is_not_taken()
    {
        using IOpenRun run = Ledger().Open(TemporaryStore.Opening());
        string manifest = Path.Combine(run.Folder, "run.json");
        File.WriteAllText(manifest + ".new", File.ReadAllText(manifest).Replace("running", "done", StringComparison.Ordinal));
        run.Dispose();

        Assert.Equal(RunState.Interrupted, new RunHistory(Store).Find(run.Id).State);
    }

    /// <summary>A part for a child process: opens a run and goes on a step at each line it is told.</summary>
    internal static void HoldRun(string[] arguments)
    {
        using IOpenRun run = new RunFolders(arguments[0], TimeProvider.System, Digits).Open(TemporaryStore.Opening("held"));
        Step("opened");
        run.Planned(new FlowReport("held"));
        Step("planned");
        run.Log("info", "writing");
        run.Refused(new RefusedRow("t", "f", 1, 1, "c", "r", "t"));
        Step("rows");

        static void Step(string name)
        {
            Console.WriteLine(name);
            Console.ReadLine();
        }
    }

    /// <summary>A part for a child process: opens and closes so many runs, and says each.</summary>
    internal static void CloseRuns(string[] arguments)
    {
        var ledger = new RunFolders(arguments[0], TimeProvider.System, Digits);
        for (int i = 0; i < int.Parse(arguments[1]); i++)
        {
            using IOpenRun run = ledger.Open(TemporaryStore.Opening("many"));
            Console.WriteLine(run.Id);
            run.Close(new RunClosing(RunState.Done, 0, new FlowReport("many"), []), new Keep());
        }
    }

    private RunFolders Ledger() => new(Store, TimeProvider.System, Digits);

    private static string Digits() => Guid.NewGuid().ToString("n")[..16];
}
