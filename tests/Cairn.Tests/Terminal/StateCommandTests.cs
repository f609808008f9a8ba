namespace Cairn.Tests.Terminal;

public sealed class StateCommandTests : IDisposable
{
    private const string Flow = "flow: open\nread:\n  t: { delimited: { path: t.csv } }\nshape:\n  u: { from: t, expect: { rows: \"> 1\" } }\nwrite:\n  u: { to: { delimited: { path: u.tsv } } }\n";
    private readonly CommandLine _cairn = new();

    public void Dispose() => _cairn.Dispose();

    [Fact]
    public void Without_a_project_it_says_how_to_make_one()
    {
        Assert.Equal(ExitCode.Done, _cairn.Run());
        Assert.Equal(
            $"""
            no project here: {_cairn.Folder} has no cairn.yaml
            next      cairn init herbarium --template herbarium-sheets
            help      cairn --help

            """,
            _cairn.Out);
    }

    [Fact]
    public void In_a_project_it_names_flows_runs_and_what_to_do_next()
    {
        _cairn.Write("cairn.yaml", "project: x\n");
        _cairn.Write("flows/open.flow.yaml", Flow.Replace("t.csv", "../t.csv", StringComparison.Ordinal));
        _cairn.Write("t.csv", "a,b\n1,2\n");
        Assert.Equal(ExitCode.Done, _cairn.Run());
        Assert.Contains("flows     flows/open.flow.yaml\nnext      cairn run flows/open.flow.yaml\n", _cairn.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Refused, _cairn.Run("run", "open", "--yes"));
        _cairn.Run();
        Assert.Matches(@"\nruns      ([0-9a-f]{4})  open  failed  \d{4}-\d\d-\d\d \d\d:\d\d UTC\nnext      cairn runs show \1\n", _cairn.Out);
        _cairn.Write("t.csv", "a,b\n1,2\n3,4\n");
        Assert.Equal(ExitCode.Done, _cairn.Run("run", "open", "--yes"));
        _cairn.Run("--json");
        Assert.Equal(["done", "failed"], _cairn.OutAsJson().GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("state").GetString()));
        Assert.Equal("cairn run flows/open.flow.yaml", _cairn.OutAsJson().GetProperty("next").GetString());
    }

    [Fact]
    public void A_project_is_found_from_a_folder_below_it()
    {
        Directory.CreateDirectory(Path.Combine(_cairn.Folder, "a", "b"));
        _cairn.Write("a/cairn.yaml", "project: x\n");
        Assert.Equal(Path.Combine(_cairn.Folder, "a"), Project.Find(Path.Combine(_cairn.Folder, "a", "b"), null).Folder);
    }
}
