using System.Text.Json;
using Cairn.Tests.Terminal;

namespace Cairn.Tests.Runs;

/// <summary>What the commands about runs say, to people and as JSON, after a real flow.</summary>
public sealed class RunsCommandTests : IDisposable
{
    private const string Flow = """
        flow: open
        parameters:
          rights: { default: CC0 }
        read:
          media: { delimited: { path: media.csv } }
          names: { delimited: { path: names.csv } }
        shape:
          cc0: { from: media, where: "rights = $rights" }
          open:
            join: { left: cc0, right: names, by: id, kind: left }
            warn: { "name is not null": "100%" }
        write:
          open: { to: { delimited: { path: out/open.tsv } } }
        figures:
          rows: { of: open, rows: true }
        keep: { inputs: true, outputs: true, size_limit: 100 }
        """;

    private readonly CommandLine _cairn = new();

    public RunsCommandTests()
    {
        _cairn.Write("cairn.yaml", "project: test\n");
        _cairn.Write("open.flow.yaml", Flow);
        _cairn.Write("media.csv", "id,rights\n0017,CC0\n0018,other\n0019,CC0\nshort\n");
        _cairn.Write("names.csv", "id,name\n0019,Briza\n0018,Carex\n" + new string('#', 100) + ",x\n");
    }

    public void Dispose() => _cairn.Dispose();

    [Fact]
    public void List_says_when_there_is_nothing_and_makes_nothing()
    {
        Assert.Equal(ExitCode.Done, _cairn.Run("runs"));
        Assert.Equal("no runs yet\n", _cairn.Out);
        Assert.False(Directory.Exists(Path.Combine(_cairn.Folder, ".cairn")));
    }

    [Fact]
    public void List_has_a_line_for_each_run()
    {
        string id = RunFlow();

        Assert.Equal(ExitCode.Done, _cairn.Run("runs", "list", "--flow", "open"));
        Assert.Matches($@"^run   flow  begun \(UTC\) +state +took  read  wrote  refused  findings\n{id}  open  20\d\d-\d\d-\d\d \d\d:\d\d:\d\d  done +\S+ s +2 +1 +1 +\d\n$", _cairn.Out);
        Assert.Equal(ExitCode.Done, _cairn.Run("runs", "list", "--state", "failed"));
        Assert.Equal("no such runs\n", _cairn.Out);
        _cairn.Run("runs", "list", "--since", "1h", "--json");
        JsonElement run = _cairn.OutAsJson().GetProperty("runs")[0];
        Assert.Equal(
            ["id", "run", "kind", "name", "state", "exit_code", "opened", "closed", "seconds", "inputs", "outputs", "refused", "findings"],
            run.EnumerateObject().Select(p => p.Name));
        Assert.Equal("done", run.GetProperty("state").GetString());
        Assert.Equal(1, run.GetProperty("exit_code").GetInt32());
    }

    [Fact]
    public void Show_begins_with_how_it_ended_and_names_everything()
    {
        string id = RunFlow();

        Assert.Equal(ExitCode.Done, _cairn.Run("runs", "show", id));
        Assert.Matches($@"^Run {id} of open, begun .* UTC, ended well after \S+ s:\sread\s2\sinputs,\swrote\s2\srows\sto\s1\sfile;\s\d\sfindings\.\n", _cairn.Out);
        foreach (string part in new[] { "Where the rows went", "Figures", "Checks: 0 of 1 hold", "Worth a look", "Problems\nwarning[archive/too-large]: names.csv was not kept", "\nRead\n  media.csv", "\nWritten\n  out/open.tsv", "In the archive: 2 of 3 versions asked for", "Who and where", "Settings\n  rights", "\nFolder\n  .cairn" })
        {
            Assert.Contains(part, _cairn.Out, StringComparison.Ordinal);
        }

        _cairn.Run("runs", "show", id[..3], "--json");
        JsonElement run = _cairn.OutAsJson();
        Assert.Equal(
            ["ok", "id", "run", "kind", "name", "state", "exit_code", "opened", "closed", "seconds", "inputs", "outputs", "refused", "findings", "sentence", "folder", "flow_file", "settings", "surroundings", "report", "kept", "files", "follows", "problems"],
            run.EnumerateObject().Select(p => p.Name));
        Assert.Equal(2, run.GetProperty("report").GetProperty("figures").GetProperty("rows").GetInt32());
        Assert.Equal(["kept", "too_large", "kept"], run.GetProperty("kept").EnumerateArray().Select(k => k.GetProperty("state").GetString()));
        Assert.Equal("cairn", run.GetProperty("surroundings").GetProperty("command_line")[0].GetString());
    }

    [Fact]
    public void Rows_that_missed_a_warning_and_rows_refused_are_shown()
    {
        string id = RunFlow();

        Assert.Equal(ExitCode.Done, _cairn.Run("runs", "show", id, "--warned", "open"));
        Assert.StartsWith("open   1 row   .cairn/runs/", _cairn.Out, StringComparison.Ordinal);
        Assert.Contains("0017", _cairn.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, _cairn.Run("runs", "show", id, "--warned", "opne"));
        Assert.Contains("did you mean `open`?", _cairn.Error, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Done, _cairn.Run("runs", "refused", id, "--json"));
        JsonElement table = _cairn.OutAsJson().GetProperty("tables")[0];
        Assert.Equal(1, table.GetProperty("rows").GetInt32());
        Assert.Equal(["table", "file", "line", "row", "code", "reason", "text"], table.GetProperty("columns").EnumerateArray().Select(c => c.GetString()));
        Assert.Equal("5", table.GetProperty("shown")[0].GetProperty("line").GetString());
    }

    [Fact]
    public void Compare_says_what_changed_and_its_code_whether_anything_did()
    {
        string first = RunFlow(), second = RunFlow();
        Assert.Equal(ExitCode.Done, _cairn.Run("runs", "compare", first, second));
        Assert.Contains("are the same", _cairn.Out, StringComparison.Ordinal);
        string third = RunFlow("--set", "rights=other");

        Assert.Equal(ExitCode.Found, _cairn.Run("runs", "compare", second, third));
        Assert.Contains("Settings\n", _cairn.Out, StringComparison.Ordinal);
        Assert.Matches(@"  rights +CC0 +other\n", _cairn.Out);
        Assert.Matches(@"  rows +2 +1\n", _cairn.Out);
        Assert.Equal(ExitCode.Found, _cairn.Run("runs", "compare", second, third, "--json"));
        Assert.Equal(
            ["ok", "same", "same_outputs", "a", "b", "circumstances", "settings", "flow", "inputs", "outputs", "counts", "figures", "problems"],
            _cairn.OutAsJson().EnumerateObject().Select(p => p.Name));
        Assert.Equal("other", _cairn.OutAsJson().GetProperty("settings")[0].GetProperty("b").GetString());
    }

    [Fact]
    public void Export_writes_one_file()
    {
        string id = RunFlow();

        Assert.Equal(ExitCode.Done, _cairn.Run("runs", "export", id, "--out", "evidence.zip", "--data"));
        Assert.True(File.Exists(Path.Combine(_cairn.Folder, "evidence.zip")));
        Assert.StartsWith("evidence.zip   ", _cairn.Out, StringComparison.Ordinal);
        _cairn.Run("runs", "export", id, "--json");
        Assert.EndsWith($"-open-{id}.zip", _cairn.OutAsJson().GetProperty("path").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Prune_asks_or_wants_yes()
    {
        string first = RunFlow(), second = RunFlow();
        Assert.Equal(ExitCode.Usage, _cairn.Run("runs", "prune"));
        Assert.Contains("usage/no-rule", _cairn.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, _cairn.Run("runs", "prune", "--keep", "1"));
        Assert.Contains("nothing was removed", _cairn.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, _cairn.Run("runs", "prune", "--keep", "1", "--dry-run"));
        Assert.StartsWith("would remove 1 run and 0 versions", _cairn.Out, StringComparison.Ordinal);
        _cairn.Terminal = true;
        _cairn.Answers = new StringReader("n\n");
        Assert.Equal(ExitCode.Stopped, _cairn.Run("runs", "prune", "--keep", "1"));
        Assert.Equal(2, Ids().Count);
        _cairn.Answers = new StringReader("y\n");
        Assert.Equal(ExitCode.Done, _cairn.Run("runs", "prune", "--keep", "1"));
        Assert.Contains($"  {first}  open", _cairn.Out, StringComparison.Ordinal);
        _cairn.Terminal = false;

        Assert.Equal([second], Ids());
        Assert.Equal(ExitCode.Done, _cairn.Run("runs", "prune", "--older-than", "1d", "--yes", "--json"));
        Assert.False(_cairn.OutAsJson().GetProperty("removed").GetBoolean());
        Assert.Equal(ExitCode.Usage, _cairn.Run("runs", "prune", "--older-than", "soon"));
    }

    [Fact]
    public void Lineage_goes_from_file_to_run_to_files()
    {
        string id = RunFlow();

        Assert.Equal(ExitCode.Done, _cairn.Run("lineage", "out/open.tsv"));
        Assert.Matches($@"^out/open\.tsv   sha256 \w{{12}}, \d+ bytes\nmade by\n  run {id} of open, done, .*\n    from media\.csv .*\n    from names\.csv .*\n$", _cairn.Out);
        _cairn.Run("lineage", "media.csv", "--down", "--json");
        JsonElement graph = _cairn.OutAsJson();
        Assert.Equal(["ok", "start", "nodes", "edges", "problems"], graph.EnumerateObject().Select(p => p.Name));
        Assert.Equal([0, 1, 1], graph.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("away").GetInt32()));
        Assert.Equal(2, graph.GetProperty("edges").GetArrayLength());
        Assert.Equal(ExitCode.Usage, _cairn.Run("lineage", "nothing"));
    }

    [Theory]
    [InlineData("out/open.tsv#1")]
    [InlineData("out/open.tsv", "--row", "1")]
    [InlineData("RUN", "--row", "1")]
    public void Lineage_of_a_row_names_the_source_rows(params string[] what)
    {
        string id = RunFlow();
        string[] line = ["lineage", .. what.Select(w => w == "RUN" ? id : w)];

        Assert.Equal(ExitCode.Done, _cairn.Run(line));
        Assert.Matches(@"^row 1 of open.*\n  media +row 1  media\.csv \(sha256 \w{12}\)\n  names +no row\n$", _cairn.Out);
        _cairn.Run([.. line, "--json"]);
        JsonElement row = _cairn.OutAsJson();
        Assert.Equal("media", row.GetProperty("sources")[0].GetProperty("table").GetString());
        Assert.Equal(1, row.GetProperty("sources")[0].GetProperty("row").GetInt32());
        Assert.Equal("names", row.GetProperty("without")[0].GetString());
    }

    [Fact]
    public void The_second_row_came_from_the_third()
    {
        RunFlow();
        Assert.Equal(ExitCode.Done, _cairn.Run("lineage", "out/open.tsv#2"));
        Assert.Matches(@"  media  row 3  media\.csv .*\n  names  row 1  names\.csv ", _cairn.Out);
        Assert.Equal(ExitCode.Usage, _cairn.Run("lineage", "out/open.tsv#3"));
    }

    [Fact]
    public void The_source_rows_themselves_are_shown_as_long_as_their_files_are_unchanged()
    {
        RunFlow();
        File.Move(Path.Combine(_cairn.Folder, "open.flow.yaml"), Path.Combine(_cairn.Folder, "renamed.flow.yaml"));
        Assert.Equal(ExitCode.Done, _cairn.Run("lineage", "out/open.tsv#2", "--show"));
        Assert.EndsWith("\nmedia, row 3\n  id      0019\n  rights  CC0\n\nnames, row 1\n  id    0019\n  name  Briza\n", _cairn.Out, StringComparison.Ordinal);
        _cairn.Write("names.csv", "id,name\n0019,Other\n");

        _cairn.Run("lineage", "out/open.tsv#2", "--show");
        Assert.EndsWith("\n  rights  CC0\n\nnames, row 1: names.csv has changed since\n", _cairn.Out, StringComparison.Ordinal);
        _cairn.Run("lineage", "out/open.tsv#2", "--show", "--json");
        JsonElement sources = _cairn.OutAsJson().GetProperty("sources");
        Assert.Equal("0019", sources[0].GetProperty("cells").GetProperty("id").GetString());
        Assert.Equal("names.csv has changed since", sources[1].GetProperty("not_shown_because").GetString());
    }

    [Fact]
    public void Verify_tells_a_file_a_run_and_the_store()
    {
        string id = RunFlow();
        Assert.Equal(ExitCode.Done, _cairn.Run("verify", "out/open.tsv"));
        Assert.Equal("out/open.tsv matches its record: 1 of 1 file as recorded\n", _cairn.Out);
        Assert.Equal(ExitCode.Done, _cairn.Run("verify"));
        Assert.Matches(@"^the store matches its record\njournal of 1 line, head [0-9a-f]{64}\n$", _cairn.Out);
        File.AppendAllText(Path.Combine(_cairn.Folder, "out", "open.tsv"), "x");

        Assert.Equal(ExitCode.Found, _cairn.Run("verify", id));
        Assert.Contains("open.tsv is not what run " + id + " wrote", _cairn.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Found, _cairn.Run("verify", "out/open.tsv", "--json"));
        JsonElement verification = _cairn.OutAsJson();
        Assert.Equal(["ok", "holds", "of", "files", "journal", "problems"], verification.EnumerateObject().Select(p => p.Name));
        Assert.Equal("changed", verification.GetProperty("files")[0].GetProperty("state").GetString());
        Assert.Equal(ExitCode.Usage, _cairn.Run("verify", "nothing"));
    }

    [Fact]
    public void Archive_gives_back_what_was_overwritten()
    {
        string first = RunFlow();
        string before = File.ReadAllText(Path.Combine(_cairn.Folder, "out", "open.tsv"));
        RunFlow("--set", "rights=other");

        Assert.Equal(ExitCode.Done, _cairn.Run("archive", "get", "out/open.tsv@" + first, "--out", "old.tsv"));
        Assert.Equal(before, File.ReadAllText(Path.Combine(_cairn.Folder, "old.tsv")));
        Assert.Equal(ExitCode.Done, _cairn.Run("archive", "list", "--json"));
        JsonElement kept = _cairn.OutAsJson().GetProperty("versions");
        Assert.Equal(3, kept.GetArrayLength());
        Assert.Equal(["sha256", "stored", "bytes", "path", "run"], kept[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(ExitCode.Done, _cairn.Run("archive", "get", kept[0].GetProperty("sha256").GetString()![..10], "--out", "by-hash"));
        Assert.Equal(ExitCode.Usage, _cairn.Run("archive", "get", "media.csv@" + first));
        Assert.Contains("archive/exists", _cairn.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, _cairn.Run("archive", "get", "ffff"));
    }

    private string RunFlow(params string[] more)
    {
        Assert.Equal(ExitCode.Found, _cairn.Run(["run", "open", "--yes", "--json", .. more]));
        return _cairn.OutAsJson().GetProperty("run").GetString()!;
    }

    private IReadOnlyList<string> Ids()
    {
        _cairn.Run("runs", "--json");
        return [.. _cairn.OutAsJson().GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("id").GetString()!)];
    }
}
