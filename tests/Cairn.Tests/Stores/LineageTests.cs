using Cairn.Adapters.Stores;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Tests.Stores;

/// <summary>raw -> clean -> (table, report): two flows in a row, the second run twice.</summary>
public sealed class LineageTests : IDisposable
{
    private readonly TemporaryStore _store = new();
    private readonly DataVersion _raw, _clean, _table, _report;
    private readonly RunIndex _index;

    public LineageTests()
    {
        _raw = _store.File("raw.tsv", "raw");
        _clean = _store.File("clean.tsv", "clean");
        _table = _store.File("table.tsv", "table");
        _report = _store.File("report.tsv", "report");
        _store.Run("clean", [_raw], [_clean]);
        _store.Run("report", [_clean], [_table, _report]);
        _store.Run("report", [_clean], [_table, _report]);
        _index = new RunIndex(_store.Store);
    }

    public void Dispose()
    {
        _index.Dispose();
        _store.Dispose();
    }

    [Fact]
    public void One_step_each_way_from_a_file()
    {
        LineageGraph graph = Follow("clean.tsv", new LineageReach(1, 1));

        Assert.Equal(["clean -1", "raw.tsv -1", "clean.tsv 0", "report 1", "report.tsv 1", "table.tsv 1"], Names(graph));
        Assert.Equal(1, graph.Nodes.Single(n => n.Run?.Name == "report").Alike);
        Assert.Equal("0003", graph.Nodes.Single(n => n.Run?.Name == "report").Run!.Id);
        Assert.Equal(5, graph.Edges.Count);
    }

    [Fact]
    public void Up_goes_through_flows_by_content()
    {
        File.Move(_clean.Path, Path.Combine(_store.Project, "moved.tsv"));

        Assert.Equal(["clean -2", "raw.tsv -2", "report -1", "clean.tsv -1", "table.tsv 0"], Names(Follow("table.tsv", new LineageReach(5, 0))));
        Assert.Equal(["report -1", "clean.tsv -1", "table.tsv 0"], Names(Follow("table.tsv", new LineageReach(1, 0))));
    }

    [Fact]
    public void All_shows_every_run()
    {
        Assert.Equal(2, Follow("clean.tsv", new LineageReach(0, 1, All: true)).Nodes.Count(n => n.Run?.Name == "report"));
    }

    [Fact]
    public void From_a_run_both_ways()
    {
        LineageGraph graph = LineageGraph.OfRun(Start("0002").Run!, new LineageReach(1, 1), _index);

        Assert.Equal(["clean.tsv -1", "report 0", "report.tsv 1", "table.tsv 1"], Names(graph));
        Assert.Equal(["clean -2", "raw.tsv -2", "clean.tsv -1", "report 0"], Names(LineageGraph.OfRun(Start("0002").Run!, new LineageReach(2, 0), _index)));
    }

    [Fact]
    public void Empty_files_do_not_tie_runs_together()
    {
        DataVersion one = _store.File("one.tsv", ""), two = _store.File("two.tsv", "");
        _store.Run("x", [_raw], [one]);
        _store.Run("y", [two], []);

        Assert.Equal(["x -1", "raw.tsv -1", "one.tsv 0"], Names(Follow("one.tsv", new LineageReach(1, 5))));
    }

    [Fact]
    public void A_run_that_reads_what_it_writes_ends()
    {
        DataVersion same = _store.File("same.tsv", "same");
        _store.Run("copy", [same], [same]);

        Assert.Equal(2, Follow("same.tsv", new LineageReach(9, 9)).Nodes.Count);
    }

    [Fact]
    public void Starts_by_hash_by_path_and_by_a_copy()
    {
        Assert.Equal(_raw.Sha256, Start("sha256:" + _raw.Sha256[..8]).Data!.Sha256);
        File.Copy(_raw.Path, Path.Combine(_store.Project, "copy.tsv"));
        LineageStart copy = Start("copy.tsv");
        Assert.Equal(_raw.Sha256, copy.Data!.Sha256);
        Assert.Equal("lineage/copy", Assert.Single(copy.Notes).Code);
        File.WriteAllText(_raw.Path, "changed");
        Assert.Equal("lineage/changed", Assert.Single(Start("raw.tsv").Notes).Code);
        File.Delete(_raw.Path);
        Assert.Equal("lineage/gone", Assert.Single(Start("raw.tsv").Notes).Code);
        Assert.Equal("lineage/not-recorded", Assert.Throws<ProblemException>(() => Start("nothing.tsv")).Problems[0].Code);
    }

    [Fact]
    public void A_row_is_followed_to_its_source_rows()
    {
        using IOpenRun run = _store.Ledger.Open(TemporaryStore.Opening("join"));
        run.Rows("rows", "result", new TestRows(["row", "sheets", "specimens"], ["1", "7", "120"], ["2", "9", ""]));
        run.Close(
            new RunClosing(RunState.Done, 0, new FlowReport("join")
            {
                Origins = [new TableOrigin("sheets", [], [_raw.Path]), new TableOrigin("specimens", [], [_clean.Path]), new TableOrigin("result", ["sheets", "specimens"], [])],
                Writes = [new PlannedWrite("out", "delimited", _table.Path, 2, ["a"], [], null) { Tables = ["result"] }],
                Inputs = [_raw, _clean],
                Outputs = [_table],
            }, []), new Keep());
        var reader = new RowLineageReader(_store.Store);

        LineageStart start = Start("table.tsv#2");
        Assert.Equal(2, start.Row);
        RowLineage second = reader.Of(start.Data!, 2, null, _index);
        Assert.Equal("result", second.Table);
        Assert.Equal(9, Assert.Single(second.Sources).Row);
        Assert.Equal([_raw], second.Sources[0].Files);
        Assert.Equal(["specimens"], second.Without);
        Assert.Equal([7L, 120L], reader.Of(_table, 1, null, _index).Sources.Select(s => s.Row));
        Problem problem = Assert.Throws<ProblemException>(() => reader.Of(_table, 3, null, _index)).Problems[0];
        Assert.Equal("lineage/no-such-row", problem.Code);
        Assert.Contains("2 rows", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_rows_are_kept_compressed_and_found_all_the_same()
    {
        using IOpenRun run = _store.Ledger.Open(TemporaryStore.Opening("many"));
        run.Rows("rows", "result", new TestRows(["row", "media"], [.. Enumerable.Range(1, 300_000).Select(i => new[] { i.ToString(), (i * 3).ToString() })]));
        run.Close(new RunClosing(RunState.Done, 0, new FlowReport("many"), []), new Keep());

        Assert.True(File.Exists(Path.Combine(run.Folder, "rows", "result.tsv.gz")));
        Assert.Equal(899_997, new RowLineageReader(_store.Store).Of(_store.History.Find(run.Id), "result", 299_999).Sources[0].Row);
    }

    [Fact]
    public void Awkward_cells_are_read_back_as_they_were()
    {
        using IOpenRun run = _store.Ledger.Open(TemporaryStore.Opening("cells"));
        string[] cells = ["a\tb", "c\nd\r\ne\r", "\"", "say \"x\"", "", "plain", "\""];
        run.Rows("warned", "t: length(a) = 8", new TestRows(["1", "2", "3", "4", "5", "6", "7"], cells));
        string path = Path.Combine(run.Folder, "warned", "t-length-a-8.tsv");
        run.Close(new RunClosing(RunState.Done, 0, new FlowReport("cells"), []), new Keep());
        using var reader = new TextTableReader(path);

        Assert.Equal(cells, reader.Next());
        Assert.Null(reader.Next());
    }

    private LineageGraph Follow(string file, LineageReach reach) => LineageGraph.OfData(Start(file).Data!, reach, _index);

    private LineageStart Start(string asked) => LineageStart.Of(asked, name => Path.GetFullPath(name, _store.Project), _index, _store.History);

    private static IEnumerable<string> Names(LineageGraph graph) => graph.Nodes.Select(n => $"{n.Run?.Name ?? Path.GetFileName(n.Paths[0])} {n.Away}");
}
