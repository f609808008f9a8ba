using Cairn.Adapters.Stores;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Tests.Stores;

public sealed class RunFoldersTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void An_opened_run_has_a_folder_that_says_what_it_is()
    {
        using IOpenRun run = _store.Ledger.Open(TemporaryStore.Opening("share enrolled", "flow: share enrolled\n"));

        Assert.Equal(Path.Combine(_store.Store, "runs", "2026-11", "21T10-04-00-share-enrolled-0001"), run.Folder);
        Assert.Equal("flow: share enrolled\n", File.ReadAllText(Path.Combine(run.Folder, "share-enrolled.flow.yaml")));
        Assert.True(Directory.Exists(run.Work));
        RunManifest shown = _store.History.Find("0001");
        Assert.Equal(RunState.Running, shown.State);
        Assert.Equal("ada", shown.Surroundings!.User);
        Assert.Equal(new SettingInForce("data", "/data/in", "--set"), Assert.Single(shown.Settings));
    }

    [Fact]
    public void A_closed_run_is_read_back_as_it_was()
    {
        DataVersion input = _store.File("in.tsv", "a\n1\n");
        DataVersion output = _store.File("out.tsv", "a\n1\n");
        FlowReport report = SampleReport.Make(input, output);
        using IOpenRun run = _store.Ledger.Open(TemporaryStore.Opening());
        run.Planned(report with { Outputs = [] });
        run.Log("info", "read media");
        run.Refused(new RefusedRow("media", "/data/m.tsv", 9, 8, "delimited/short-row", "3 fields of 4", "a\tb\"c"));
        run.Close(new RunClosing(RunState.Done, 1, report, [new Problem("x/y", ProblemKind.Finding, "m", new RowPlace("media", 8, Field: "id"), "do") { Details = ["d"] }]), new Keep());

        RunManifest read = _store.History.Find(run.Id);
        Assert.Equal(RunState.Done, read.State);
        Assert.Equal(1, read.ExitCode);
        Assert.Equal(RunJson.Line(report), RunJson.Line(read.Report!));
        Assert.Equal([input], read.Inputs);
        Assert.Equal(new RowPlace("media", 8, Field: "id"), Assert.Single(read.Problems).Place);
        Assert.Equal(
            ["log.jsonl", "plan.json", "problems.json", "prov.json", "refused.tsv", "share.flow.yaml"],
            read.Files.Select(f => f.Path));
        Assert.Equal("table\tfile\tline\trow\tcode\treason\ttext\nmedia\t/data/m.tsv\t9\t8\tdelimited/short-row\t3 fields of 4\t\"a\tb\"\"c\"\n", File.ReadAllText(Path.Combine(run.Folder, "refused.tsv")));
        Assert.False(Directory.Exists(run.Work));
        Assert.False(File.Exists(Path.Combine(run.Folder, "lock")));
    }

    [Fact]
    public void Figures_keep_their_kinds()
    {
        FlowReport report = SampleReport.Make(_store.File("a", "1"), _store.File("b", "2"));
        _store.Run("share", [], [], report: report);

        IReadOnlyList<FigureValue> figures = _store.History.Find("0001").Report!.Figures;
        Assert.Equal(15553L, figures[0].Value);
        Assert.Equal("00000140", figures[1].Value);
        Assert.Null(figures[2].Value);
        Assert.Equal(["null", "Botany"], Assert.IsAssignableFrom<IReadOnlyDictionary<string, long>>(figures[3].Value).Keys);
        Assert.Null(Assert.IsAssignableFrom<IReadOnlyList<IReadOnlyDictionary<string, string?>>>(figures[4].Value)[0]["id"]);
        Assert.True(figures[0].Met);
    }

    [Fact]
    public void A_run_let_go_without_being_closed_is_shown_as_interrupted()
    {
        _store.Ledger.Open(TemporaryStore.Opening()).Dispose();

        Assert.Equal(RunState.Interrupted, _store.History.Find("0001").State);
        Assert.Contains("\"state\": \"running\"", File.ReadAllText(Path.Combine(_store.History.FolderOf(_store.History.Resolve("0001")), "run.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_taken_id_is_made_longer()
    {
        var ledger = new RunFolders(_store.Store, TimeProvider.System, () => "7f3a9900aabbccdd");
        using IOpenRun first = ledger.Open(TemporaryStore.Opening());
        using IOpenRun second = ledger.Open(TemporaryStore.Opening());

        Assert.Equal("7f3a", first.Id);
        Assert.Equal("7f3a9", second.Id);
        Assert.Equal("7f3a", _store.History.Find("7f3a").Id);
    }

    [Fact]
    public void What_a_manifest_does_not_say_is_empty_when_read()
    {
        RunManifest read = RunJson.ReadManifest("""{"id":"1","folder":"f","kind":"flow","name":"n","state":"done","opened":"2026-11-21T10:04:00Z","report":{"flow":"n","accounts":[{"table":"t","in":[],"added":[],"gone":[],"out":0}],"findings":[{"code":"c","kind":"finding","message":"m"}]}}"""u8);

        Assert.Empty(read.Problems);
        Assert.Empty(read.Settings);
        Assert.Empty(read.Report!.Origins);
        Assert.Empty(read.Report.Accounts[0].Beside);
        Assert.Empty(read.Report.Findings[0].Details);
        Assert.True(read.Report.Balanced);
        Assert.Equal(1, read.Format);
    }

    [Fact]
    public void A_run_that_is_not_there_is_named()
    {
        Problem problem = Assert.Throws<ProblemException>(() => _store.History.Find("beef")).Problems[0];

        Assert.Equal("run/not-found", problem.Code);
        Assert.Contains("`beef`", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_a_problem()
    {
        File.WriteAllText(_store.Store, "in the way");

        Assert.Equal("run/cannot-open", Assert.Throws<ProblemException>(() => _store.Ledger.Open(TemporaryStore.Opening())).Problems[0].Code);
        File.Delete(_store.Store);
    }

    /// <summary>/dev/full takes everything and has room for nothing.</summary>
    [Theory]
    [InlineData("log.jsonl", "run/cannot-write")]
    [InlineData("plan.json.new", "run/cannot-write")]
    [InlineData("warned/t.tsv", "run/cannot-write")]
    [InlineData("prov.json", "run/cannot-close")]
    [InlineData("run.json.new", "run/cannot-close")]
    public void A_full_disk_is_a_problem_and_leaves_the_run_as_interrupted(string file, string code)
    {
        IOpenRun run = _store.Ledger.Open(TemporaryStore.Opening());
        string path = Path.Combine(run.Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (file == "log.jsonl")
        {
            run.Dispose();
            File.Delete(path);
            File.CreateSymbolicLink(path, "/dev/full");
            run = new OpenRun(new StorePaths(_store.Store), _store.History.Find(run.Id) with { State = RunState.Running }, TimeProvider.System);
        }
        else
        {
            File.CreateSymbolicLink(path, "/dev/full");
        }

        Problem problem = Assert.Throws<ProblemException>(() =>
        {
            run.Log("info", "m");
            run.Planned(new FlowReport("share"));
            run.Rows("warned", "t", new TestRows(["a"], ["1"]));
            run.Close(new RunClosing(RunState.Done, 0, new FlowReport("share"), []), new Keep());
        }).Problems[0];
        run.Dispose();
        File.Delete(path);

        Assert.Equal(code, problem.Code);
        Assert.Equal(RunState.Interrupted, _store.History.Find(run.Id).State);
        Assert.Empty(new RunVerifier(_store.Store).All().Problems);
    }

    [Fact]
    public void Each_closed_run_follows_the_one_before_in_the_journal()
    {
        _store.Run("share", [], []);
        _store.Run("share", [], []);

        string[] lines = File.ReadAllLines(Path.Combine(_store.Store, "journal"));
        JournalEntry first = JournalLine.Parse(lines[0])!, second = JournalLine.Parse(lines[1])!;
        Assert.Equal(JournalHead.Start, _store.History.Find("0001").Follows);
        Assert.Equal(first.Head, _store.History.Find("0002").Follows);
        Assert.Equal(first.Head.Sha256, second.Previous);
        Assert.Equal(2, second.Sequence);
    }
}
