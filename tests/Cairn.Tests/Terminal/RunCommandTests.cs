using System.Text.Json;
using Xunit;

namespace Cairn.Tests.Terminal;

public sealed class RunCommandTests : IDisposable
{
    private const string Flow = """
        flow: open
        parameters:
          out: { type: file, default: out/open.tsv }
          rights: { default: CC0 }
        read:
          media: { delimited: { path: media.csv } }
        shape:
          open: { from: media, where: "rights = $rights", select: [id, name], expect: { rows: "> 0" }, warn: { unique: name } }
        write:
          open: { to: { delimited: { path: "${out}" } } }
        figures:
          rows: { of: open, rows: true }
        """;

    private readonly CommandLine _cairn = new();

    public RunCommandTests()
    {
        _cairn.Write("open.flow.yaml", Flow);
        _cairn.Write("media.csv", "id,rights,name\n0017,CC0,Poa\n0018,other,Carex\n0019,CC0,Briza\n");
    }

    public void Dispose() => _cairn.Dispose();

    private string Output => Path.Combine(_cairn.Folder, "out", "open.tsv");

    [Fact]
    public void With_yes_it_writes_and_says_what_went_where()
    {
        Assert.Equal(ExitCode.Done, _cairn.Run("run", "open", "--yes"));
        Assert.Equal("id\tname\n0017\tPoa\n0019\tBriza\n", File.ReadAllText(Output));
        Assert.Contains("  open         3                1         2  ok  from media; -filtered\n", _cairn.Out, StringComparison.Ordinal);
        Assert.Contains("What would be written\n  open   2 rows, 2 columns   new\n  -> out/open.tsv   (delimited)\n     id    name\n     0017  Poa\n     0019  Briza\n", _cairn.Out, StringComparison.Ordinal);
        Assert.Matches(@"Written\n  out/open\.tsv  2 rows  28 bytes  sha256 [0-9a-f]{12}\n", _cairn.Out);
        Assert.Matches(@"\nrun ([0-9a-f]{4})   cairn runs show \1\n$", _cairn.Out);
        Assert.Equal("read media\nwrite open\n", _cairn.Error);
    }

    [Fact]
    public void Without_a_terminal_and_without_yes_nothing_is_written()
    {
        Assert.Equal(ExitCode.Usage, _cairn.Run("run", "open"));
        Assert.False(Path.Exists(Output));
        Assert.Contains("What would be written", _cairn.Out, StringComparison.Ordinal);
        Assert.EndsWith(
            """
            error[run/needs-yes]: nothing was written: there is no terminal to ask on
               = help: cairn run open --yes

            """,
            _cairn.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y\n", true)]
    [InlineData("YES\n", true)]
    [InlineData("n\n", false)]
    [InlineData("\n", false)]
    [InlineData("", false)]
    public void On_a_terminal_it_asks_and_only_yes_writes(string answer, bool writes)
    {
        _cairn.Terminal = true;
        _cairn.Answers = new StringReader(answer);
        Assert.Equal(writes ? ExitCode.Done : ExitCode.Stopped, _cairn.Run("run", "open"));
        Assert.Contains("Write 2 rows to out/open.tsv? [y/N] ", _cairn.Error, StringComparison.Ordinal);
        Assert.Equal(writes, File.Exists(Output));
        Assert.Equal(!writes, _cairn.Error.Contains("nothing was written, as you said", StringComparison.Ordinal));
    }

    [Fact]
    public void Json_is_one_object_and_never_asks()
    {
        _cairn.Terminal = true;
        _cairn.Answers = new StringReader("y\n");
        Assert.Equal(ExitCode.Usage, _cairn.Run("run", "open", "--json"));
        Assert.Equal("run/needs-yes", _cairn.OutAsJson().GetProperty("problems")[0].GetProperty("code").GetString());
        Assert.Equal(ExitCode.Done, _cairn.Run("run", "open", "--json", "--yes"));
        JsonElement answer = _cairn.OutAsJson();
        Assert.True(answer.GetProperty("ok").GetBoolean());
        Assert.True(answer.GetProperty("written").GetBoolean());
        Assert.Equal("done", answer.GetProperty("state").GetString());
        Assert.Equal(2, answer.GetProperty("figures").GetProperty("rows").GetInt64());
        Assert.Equal(Output, answer.GetProperty("outputs")[0].GetProperty("path").GetString());
        Assert.True(Directory.Exists(answer.GetProperty("folder").GetString()));
    }

    [Fact]
    public void A_warning_not_met_gives_one_and_names_the_rows_to_look_at()
    {
        _cairn.Write("media.csv", "id,rights,name\n0017,CC0,Poa\n0018,CC0,Poa\n");
        Assert.Equal(ExitCode.Found, _cairn.Run("run", "open", "--yes"));
        Assert.True(File.Exists(Output));
        Assert.Matches(@"Checks: 1 of 2 hold\n  ok    open  rows > 0\n  warn  open  unique name  1 of 2 do not \(50 % do\)\n   = help: cairn runs show [0-9a-f]{4} --warned open\n", _cairn.Out);
    }

    [Fact]
    public void An_expectation_not_met_writes_nothing_and_gives_four()
    {
        Assert.Equal(ExitCode.Refused, _cairn.Run("run", "open", "--yes", "--set", "rights=none"));
        Assert.False(Path.Exists(Output));
        Assert.Contains("error[check/not-met]: open: rows > 0 is not met", _cairn.Error, StringComparison.Ordinal);
        Assert.Contains("  STOP  open  rows > 0", _cairn.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_given_with_set_starts_at_the_current_folder()
    {
        _cairn.Write("flows/open.flow.yaml", Flow.Replace("media.csv", "../media.csv", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Done, _cairn.Run("run", "flows/open.flow.yaml", "--set", "out=here.tsv", "--yes", "--quiet"));
        Assert.True(File.Exists(Path.Combine(_cairn.Folder, "here.tsv")));
        Assert.Empty(_cairn.Error);
    }

    [Fact]
    public void A_plan_writes_nothing_and_can_be_carried_out_later()
    {
        Assert.Equal(ExitCode.Done, _cairn.Run("plan", "open", "--out", "plan.json", "--set", "rights=other"));
        Assert.False(Path.Exists(Output));
        Assert.EndsWith("plan saved; carry it out with: cairn run plan.json\n", _cairn.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, _cairn.Run("run", "plan.json"));
        Assert.Equal("id\tname\n0018\tCarex\n", File.ReadAllText(Output));
    }

    [Theory]
    [InlineData("media.csv", "id,rights,name\n0017,CC0,Poa\n")]
    [InlineData("out/open.tsv", "id\tname\n")]
    [InlineData("open.flow.yaml", Flow + "\nabout: changed\n")]
    public void A_plan_is_not_carried_out_when_something_moved(string file, string text)
    {
        Assert.Equal(ExitCode.Done, _cairn.Run("plan", "open", "--out", "plan.json"));
        _cairn.Write(file, text);
        Assert.Equal(ExitCode.Refused, _cairn.Run("run", "plan.json"));
        Assert.Contains("error[plan/moved]", _cairn.Error, StringComparison.Ordinal);
        Assert.Equal(file == "out/open.tsv" ? text : null, File.Exists(Output) ? File.ReadAllText(Output) : null);
    }

    [Fact]
    public void A_saved_plan_keeps_its_values()
    {
        _cairn.Run("plan", "open", "--out", "plan.json");
        Assert.Equal(ExitCode.Usage, _cairn.Run("run", "plan.json", "--set", "rights=other"));
        Assert.Contains("a saved plan has its values already", _cairn.Error, StringComparison.Ordinal);
        _cairn.Write("other.json", "{\"a\": 1}");
        Assert.Equal(ExitCode.Usage, _cairn.Run("run", "other.json"));
        Assert.Contains("`other.json` is not a plan that this cairn has saved", _cairn.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_tells_by_its_code_whether_there_is_anything_to_do()
    {
        Assert.Equal(ExitCode.Found, _cairn.Run("plan", "open", "--exit-code"));
        _cairn.Run("run", "open", "--yes");
        Assert.Equal(ExitCode.Done, _cairn.Run("plan", "open", "--exit-code"));
        Assert.Equal(ExitCode.Found, _cairn.Run("plan", "open", "--exit-code", "--set", "rights=other"));
        File.AppendAllText(Output, "x");
        Assert.Equal(ExitCode.Found, _cairn.Run("plan", "open", "--exit-code"));
    }

    [Fact]
    public void A_plan_of_flows_in_a_row_says_which_would_have_written_what_is_missing()
    {
        _cairn.Write("second.flow.yaml", "flow: second\nflows: [open.flow.yaml]\nread:\n  o: { delimited: { path: out/open.tsv } }\nwrite:\n  o: { to: { delimited: { path: out/second.csv } } }\n");
        Assert.Equal(ExitCode.Refused, _cairn.Run("plan", "second"));
        Assert.Contains("error[file/missing]: there is no ", _cairn.Error, StringComparison.Ordinal);
        Assert.EndsWith("   = help: a plan writes nothing: if open is to write it, cairn run open first\n", _cairn.Error, StringComparison.Ordinal);
        _cairn.Run("run", "open", "--yes");
        Assert.Equal(ExitCode.Done, _cairn.Run("plan", "second"));
    }

    [Fact]
    public void Flows_named_in_a_flow_are_run_before_it_and_not_when_one_fails()
    {
        _cairn.Write("second.flow.yaml", "flow: second\nflows: [open.flow.yaml]\nread:\n  o: { delimited: { path: out/open.tsv } }\nwrite:\n  o: { to: { delimited: { path: out/second.csv } } }\n");
        Assert.Equal(ExitCode.Done, _cairn.Run("run", "second", "--yes", "--json"));
        Assert.Equal("id,name\n0017,Poa\n0019,Briza\n", File.ReadAllText(Path.Combine(_cairn.Folder, "out", "second.csv")));
        Assert.Equal("second", _cairn.OutAsJson().GetProperty("flow").GetString());
        Assert.Equal("open", _cairn.OutAsJson().GetProperty("before")[0].GetProperty("flow").GetString());
        _cairn.Write("media.csv", "id,rights,name\n1,other,x\n");
        Assert.Equal(ExitCode.Refused, _cairn.Run("run", "second", "--yes", "--json"));
        Assert.Equal("open", _cairn.OutAsJson().GetProperty("flow").GetString());
    }

    [Fact]
    public void Flows_that_wait_for_each_other_are_refused()
    {
        _cairn.Write("a.flow.yaml", "flow: a\nflows: [b.flow.yaml]\nread:\n  m: { delimited: { path: media.csv } }\nwrite:\n  m: { to: { delimited: { path: a.tsv } } }\n");
        _cairn.Write("b.flow.yaml", "flow: b\nflows: [a.flow.yaml]\nread:\n  m: { delimited: { path: media.csv } }\nwrite:\n  m: { to: { delimited: { path: b.tsv } } }\n");
        Assert.Equal(ExitCode.Usage, _cairn.Run("run", "a", "--yes"));
        Assert.Contains("error[flow/flows-cycle]: these flows wait for each other", _cairn.Error, StringComparison.Ordinal);
        Assert.Contains("a.flow.yaml -> b.flow.yaml -> a.flow.yaml", _cairn.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_is_named_is_written()
    {
        Assert.Equal(ExitCode.Usage, _cairn.Run("run", "open", "--yes", "--only", "opne"));
        Assert.Contains("open writes no `opne`", _cairn.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean `open`?", _cairn.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, _cairn.Run("run", "open", "--yes", "--only", "open"));
        Assert.True(File.Exists(Output));
    }

    [Fact]
    public void A_shaped_table_can_be_peeked_at_and_leaves_nothing_behind()
    {
        Assert.Equal(ExitCode.Done, _cairn.Run("peek", "open#open", "--quiet"));
        Assert.Equal("open#open\n2 columns, 2 rows\n\nrow  id    name\n1    0017  Poa\n2    0019  Briza\n", _cairn.Out);
        Assert.Equal(ExitCode.Done, _cairn.Run("peek", "open#media", "--limit", "1", "--json"));
        Assert.Equal("0017", _cairn.OutAsJson().GetProperty("rows")[0].GetProperty("cells").GetProperty("id").GetString());
        Assert.Equal(ExitCode.Done, _cairn.Run("peek", "open#open", "--profile", "--json"));
        Assert.Equal(2, _cairn.OutAsJson().GetProperty("profile")[0].GetProperty("distinct").GetInt64());
        Assert.False(Directory.Exists(Path.Combine(_cairn.Folder, ".cairn")));
        Assert.Equal(ExitCode.Usage, _cairn.Run("peek", "open#opne"));
        Assert.Contains("did you mean `open`?", _cairn.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "done", "--yes")]
    [InlineData(2, "done")]
    [InlineData(4, "failed", "--yes", "--set", "rights=none")]
    public void The_code_given_back_stands_in_the_runs_record(int code, string state, params string[] more)
    {
        Assert.Equal(code, (int)_cairn.Run(["run", "open", .. more]));
        string manifest = Assert.Single(Directory.GetFiles(Path.Combine(_cairn.Folder, ".cairn", "runs"), "run.json", SearchOption.AllDirectories));
        JsonElement run = JsonDocument.Parse(File.ReadAllText(manifest)).RootElement;
        Assert.Equal((code, state), (run.GetProperty("exit_code").GetInt32(), run.GetProperty("state").GetString()));
    }

    [Fact]
    public void What_is_odd_in_the_flow_file_is_said_and_does_not_change_the_code()
    {
        _cairn.Write("open.flow.yaml", Flow.Replace("write:", "  idle: { from: media }\nwrite:", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Done, _cairn.Run("run", "open", "--yes"));
        Assert.Contains("warning[flow/unused-table]", _cairn.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sql_behind_the_steps_can_be_seen_without_reading_rows()
    {
        Assert.Equal(ExitCode.Done, _cairn.Run("plan", "open", "--sql"));
        Assert.StartsWith("-- open\nCREATE TABLE \"open\" AS SELECT ", _cairn.Out, StringComparison.Ordinal);
        Assert.Contains("\"rights\" = 'CC0'", _cairn.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, _cairn.Run("plan", "open", "--sql", "--json"));
        Assert.Equal("open", _cairn.OutAsJson().GetProperty("sql")[0].GetProperty("table").GetString());
        Assert.False(Directory.Exists(Path.Combine(_cairn.Folder, ".cairn")));
    }

    [Fact]
    public void Settings_with_their_origin_are_in_the_runs_record()
    {
        Assert.Equal(ExitCode.Done, _cairn.Run("run", "open", "--yes", "--memory", "300MB", "--set", "rights=CC0", "--json"));
        string manifest = File.ReadAllText(Path.Combine(_cairn.OutAsJson().GetProperty("folder").GetString()!, "run.json"));
        JsonElement[] settings = [.. JsonDocument.Parse(manifest).RootElement.GetProperty("settings").EnumerateArray()];
        string Origin(string name) => settings.Single(s => s.GetProperty("name").GetString() == name).GetProperty("origin").GetString()!;
        Assert.Equal("--memory", Origin("memory"));
        Assert.Equal("--set", Origin("rights"));
        Assert.Equal("built-in", Origin("keep"));
    }

    [Fact]
    public void Working_tables_go_where_temp_says_and_are_gone_afterwards()
    {
        string temp = Directory.CreateDirectory(Path.Combine(_cairn.Folder, "scratch")).FullName;
        _cairn.Environment["CAIRN_TEMP"] = temp;
        Assert.Equal(ExitCode.Done, _cairn.Run("run", "open", "--yes"));
        Assert.Empty(Directory.GetFileSystemEntries(temp));
    }

    [Fact]
    public void A_flow_that_does_not_say_what_to_keep_follows_the_project()
    {
        _cairn.Write("cairn.yaml", "keep: all\n");
        Assert.Equal(ExitCode.Done, _cairn.Run("run", "open", "--yes"));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(_cairn.Folder, ".cairn", "archive"), "*", SearchOption.AllDirectories).Length);
    }
}
