using Cairn.Adapters.Connectors.Delimited;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Settings;
using Cairn.Core.Tables;

namespace Cairn.Tests.Connectors;

public sealed class DelimitedSourceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cairn-delimited").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Columns_come_from_the_header_and_names_are_made_unique()
    {
        Write("t.tsv", "id\trights\t\trights\trights_2\n1\ta\tb\tc\td\n");
        using ISource source = Open(("path", "t.tsv"));
        TableLayout layout = source.Layout(default);
        Assert.Equal(["id", "rights", "column_3", "rights_3", "rights_2"], layout.Columns.Select(c => c.Name));
        Assert.Equal(["delimited/column-without-name", "delimited/two-columns-one-name"], layout.Findings.Select(f => f.Code));
        Assert.Equal(1, Read(source).Rows);
    }

    [Fact]
    public void The_delimiter_and_the_quote_follow_from_the_extension()
    {
        Write("t.csv", "a,b\n\"1,2\",3\n");
        Write("t.txt", "a\tb\n\"1\t3\n");
        using ISource csv = Open(("path", "t.csv"));
        Assert.Equal(("1,2", 1), (Read(csv).First, csv.Layout(default).Findings.Count + 1));
        using ISource txt = Open(("path", "t.txt"));
        Assert.Equal("\"1", Read(txt).First);
    }

    [Fact]
    public void Columns_may_be_given_or_numbered()
    {
        Write("t.tsv", "1\t2\n3\t4\n");
        using ISource named = Open([("path", "t.tsv"), ("header", "false")], ("columns", ["x", "y"]));
        Assert.Equal(["x", "y"], named.Layout(default).Columns.Select(c => c.Name));
        Assert.Equal(2, Read(named).Rows);
        using ISource numbered = Open(("path", "t.tsv"), ("header", "false"));
        Assert.Equal(["column_1", "column_2"], numbered.Layout(default).Columns.Select(c => c.Name));
        Assert.Empty(numbered.Layout(default).Findings);
        using ISource wrong = Open([("path", "t.tsv")], ("columns", ["x"]));
        Assert.Equal("delimited/columns-given", Code(() => wrong.Layout(default)));
    }

    [Fact]
    public void A_folder_a_pattern_and_a_list_are_one_table_each_file_with_its_hash()
    {
        Write("in/b.tsv", "k\n2\n");
        Write("in/a.tsv", "k\n1\n");
        Write("in/B.tsv", "k\n3\n");
        using ISource whole = Open(("path", "in"));
        (int rows, string first, SourceReport report) = Read(whole);
        Assert.Equal((3, "3"), (rows, first));
        Assert.Equal(["B.tsv", "a.tsv", "b.tsv"], report.Inputs.Select(i => Path.GetFileName(i.Path)));
        Assert.Equal(3, report.Inputs.Select(i => i.Sha256).Distinct().Count());

        using ISource pattern = Open(("path", "in/?.tsv"));
        Assert.Equal(3, Read(pattern).Rows);
        using ISource list = Open([], ("paths", ["in/b.tsv", "in/a.tsv"]));
        Assert.Equal("2", Read(list).First);

        Write("in/c.csv", "k\n");
        using ISource mixed = Open(("path", "in"));
        Assert.Equal("file/folder-mixed", Code(() => mixed.Layout(default)));
    }

    [Fact]
    public void Files_of_one_table_have_the_same_columns()
    {
        Write("in/a.tsv", "k\tl\n1\t2\n");
        Write("in/b.tsv", "k\tm\n1\t2\n");
        using ISource source = Open(("path", "in"));
        ProblemException e = Assert.Throws<ProblemException>(() => Read(source));
        Assert.Equal($"{Path.Combine(folder, "in/b.tsv")} does not have the columns of the first file: column 2 is `m`, not `l`", e.Problems[0].Message);
    }

    [Theory]
    [InlineData("mising.tsv", "file/missing", "did you mean `missing.tsv`?")]
    [InlineData("nowhere/t.tsv", "file/missing", null)]
    [InlineData("*.xyz", "file/none-match", null)]
    [InlineData("empty", "file/folder-empty", null)]
    [InlineData("zero.tsv", "delimited/empty-file", null)]
    public void A_path_that_leads_nowhere_is_a_problem(string path, string code, string? hint)
    {
        Write("missing.tsv", "a\n");
        Write("zero.tsv", "");
        Directory.CreateDirectory(Path.Combine(folder, "empty"));
        using ISource source = Open(("path", path));
        Problem problem = Assert.Throws<ProblemException>(() => source.Layout(default)).Problems[0];
        Assert.Equal((code, hint), (problem.Code, problem.Hint));
        Assert.Equal(ProblemKind.Refused, problem.Kind);
    }

    [Fact]
    public void Settings_that_contradict_are_told_with_their_place()
    {
        Assert.Equal("connector/setting", Code(() => Open()));
        Assert.Equal("connector/setting", Code(() => Open(("path", "a"), ("quote", "ab"))));
        Assert.Equal("connector/setting", Code(() => Open(("path", "a"), ("delimiter", ";"), ("quote", ";"))));
        Assert.Equal("connector/setting", Code(() => Open(("path", "a"), ("longest_row", "many"))));
        Problem problem = Assert.Throws<ProblemException>(() => Open(("path", "a"), ("encoding", "windows-125"))).Problems[0];
        Assert.Equal(("delimited/unknown-encoding", "flow.yaml:7:3"), (problem.Code, problem.Place!.ToString()));
    }

    [Fact]
    public void Reading_stops_when_asked()
    {
        Write("t.tsv", "a\n" + string.Concat(Enumerable.Repeat("x\n", 2_000_000)));
        using ISource source = Open(("path", "t.tsv"));
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => source.Read(_ => stop.Cancel(), new Quiet(), stop.Token));
    }

    private static (int Rows, string First, SourceReport Report) Read(ISource source)
    {
        int rows = 0;
        string? first = null;
        SourceReport report = source.Read(batch =>
        {
            first ??= System.Text.Encoding.UTF8.GetString(batch.Field(0, 0));
            rows += batch.Rows;
        }, new Quiet(), default);
        return (rows, first ?? "", report);
    }

    private static string Code(Action action) => Assert.Throws<ProblemException>(action).Problems[0].Code;

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
        File.WriteAllText(Path.Combine(folder, name), text);
    }

    private ISource Open(params (string Key, string Value)[] settings) => Open(settings, ("", []));

    private ISource Open((string Key, string Value)[] settings, (string Key, string[] Values) list)
    {
        var place = new FilePlace("flow.yaml", 7, 3);
        List<SettingEntry> entries = [.. settings.Select(s => new SettingEntry(s.Key, place, new ScalarSetting(s.Value, false, place)))];
        if (list.Key.Length > 0)
        {
            entries.Add(new SettingEntry(list.Key, place, new ListSetting([.. list.Values.Select(v => new ScalarSetting(v, false, place))], place)));
        }

        return new DelimitedConnector().OpenSource(new SourceRequest("t", new MapSetting(entries, place), folder, folder, folder, null, place));
    }

    private sealed class Quiet : IReadWatch
    {
        public void Refused(RefusedRow row) => Assert.Fail(row.Reason);

        public void Progress(long bytesDone, long? bytesTotal)
        {
        }
    }
}
