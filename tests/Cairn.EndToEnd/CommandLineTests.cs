using System.Text.Json;

namespace Cairn.EndToEnd;

/// <summary>Every command of the built program, as far as its line, its help, its output and its codes go.</summary>
public sealed class CommandLineTests : IDisposable
{
    private const string Flow = """
        flow: open
        read:
          media: { delimited: { path: media.csv } }
        shape:
          open: { from: media, where: "rights = 'CC0'", select: [id, name] }
        write:
          open: { to: { delimited: { path: out/open.tsv } } }
        """;

    private readonly Built _cairn = new();

    public CommandLineTests()
    {
        _cairn.Write("media.csv", "id,rights,name\n0017,CC0,Poa\n0018,other,Carex\n");
        _cairn.Write("open.flow.yaml", Flow);
    }

    public void Dispose() => _cairn.Dispose();

    [Fact]
    public void Every_commands_help_works()
    {
        var waiting = new Queue<string[]>([[]]);
        int seen = 0;
        while (waiting.TryDequeue(out string[]? command))
        {
            seen++;
            Finished plain = _cairn.Run([.. command, "--help"]);
            Assert.Equal((0, ""), (plain.Code, plain.Error));
            Assert.Contains("Usage: cairn", plain.Out, StringComparison.Ordinal);
            Finished json = _cairn.Run([.. command, "--help", "--json"]);
            Assert.Equal((0, ""), (json.Code, json.Error));
            foreach (JsonElement sub in JsonDocument.Parse(json.Out).RootElement.GetProperty("commands").EnumerateArray())
            {
                waiting.Enqueue([.. command, sub.GetProperty("name").GetString()!]);
            }
        }

        Assert.True(seen >= 12, $"only {seen} commands");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0, "connectors")]
    [InlineData(0, "connectors", "show", "delimited")]
    [InlineData(0, "config", "--origin")]
    [InlineData(0, "version")]
    [InlineData(0, "help", "glossary")]
    [InlineData(0, "completions", "zsh")]
    [InlineData(0, "check")]
    [InlineData(0, "peek", "media.csv", "--profile")]
    [InlineData(0, "peek", "open#open")]
    [InlineData(0, "plan", "open")]
    [InlineData(2, "run", "open")]
    [InlineData(0, "run", "open", "--yes")]
    [InlineData(0, "init", "new")]
    [InlineData(2, "nonsense")]
    [InlineData(2, "run", "nowhere")]
    [InlineData(2, "connectors", "show", "delimted")]
    public void Json_is_one_object_on_standard_output_with_ok_and_problems(int code, params string[] line)
    {
        Finished done = _cairn.Run([.. line, "--json", "--quiet"]);
        Assert.Equal(code, done.Code);
        JsonElement answer = JsonDocument.Parse(done.Out).RootElement;
        Assert.Equal(code == 0, answer.GetProperty("ok").GetBoolean());
        Assert.Equal(code == 0, answer.GetProperty("problems").GetArrayLength() == 0);
        Assert.Empty(done.Error);
    }

    [Fact]
    public void Doctor_finds_this_machine_well_and_its_report_names_nobody()
    {
        Finished done = _cairn.Run("doctor", "--report", "doctor.txt");
        Assert.Equal((0, ""), (done.Code, done.Error));
        Assert.Contains("DuckDB", done.Out, StringComparison.Ordinal);
        string report = File.ReadAllText(Path.Combine(_cairn.Folder, "doctor.txt"));
        Assert.Contains("DuckDB", report, StringComparison.Ordinal);
        Assert.DoesNotContain(_cairn.Folder, report, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetFileName(_cairn.Folder), report, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_may_stand_anywhere()
    {
        string[][] lines =
        [
            ["--json", "peek", "media.csv", "--limit", "1"],
            ["peek", "--json", "media.csv", "--limit", "1"],
            ["peek", "media.csv", "--limit", "1", "--json"],
            ["peek", "--limit", "1", "media.csv", "--json"],
            ["peek", "--limit=1", "media.csv", "--json"],
        ];
        Assert.Single(lines.Select(line => _cairn.Run(line)).Select(d => (d.Code, d.Out)).Distinct());
    }

    [Fact]
    public void An_unknown_option_gives_two_and_touches_nothing()
    {
        Finished done = _cairn.Run("run", "open", "--yess");
        Assert.Equal(2, done.Code);
        Assert.Contains("did you mean `--yes`?", done.Error, StringComparison.Ordinal);
        Assert.Empty(done.Out);
        Assert.False(Directory.Exists(Path.Combine(_cairn.Folder, ".cairn")));
    }

    [Fact]
    public void Colours_come_only_when_asked_for_and_go_with_no_color()
    {
        const string Escape = "\u001b[";
        Assert.DoesNotContain(Escape, _cairn.Run("nonsense").Error, StringComparison.Ordinal);
        _cairn.Environment["CAIRN_COLOR"] = "always";
        Assert.Contains(Escape, _cairn.Run("nonsense").Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Escape, _cairn.Run("nonsense", "--no-color").Error, StringComparison.Ordinal);
        _cairn.Environment["NO_COLOR"] = "1";
        Assert.DoesNotContain(Escape, _cairn.Run("nonsense").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_that_goes_away_is_no_fault()
    {
        using var process = _cairn.Start("bash", "-c", $"'{Built.Program}' help glossary | head -n 1; exit ${{PIPESTATUS[0]}}");
        Finished done = Built.Finish(process);
        Assert.Equal((0, ""), (done.Code, done.Error));
    }

    [Fact]
    public void Standard_output_that_cannot_be_written_is_said_and_not_success()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "this system has no /dev/full");
        using var process = _cairn.Start("bash", "-c", $"'{Built.Program}' help glossary > /dev/full");
        Finished done = Built.Finish(process);
        Assert.Equal(4, done.Code);
        Assert.Contains("error[output/not-written]", done.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_needs_neither_the_engine_nor_YAML_nor_SQLite()
    {
        // Without these files it could not answer if it loaded one of them; without the list of dependencies nobody looks for them first.
        string bare = Directory.CreateDirectory(Path.Combine(_cairn.Folder, "bare")).FullName;
        foreach (string name in new[] { "cairn", "cairn.dll", "cairn.runtimeconfig.json", "Cairn.Core.dll", "Cairn.Adapters.dll", "System.CommandLine.dll" })
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, name), Path.Combine(bare, name));
        }

        foreach (string[] line in new[] { new[] { "--help" }, ["run", "--help"], ["help", "glossary"], ["version"], ["--version"], ["nonsense"], [] })
        {
            using var process = _cairn.Start(Path.Combine(bare, "cairn"), line);
            Finished done = Built.Finish(process);
            Assert.Equal(line is ["nonsense"] ? 2 : 0, done.Code);
        }

        using var check = _cairn.Start(Path.Combine(bare, "cairn"), "check");
        Assert.NotEqual(0, Built.Finish(check).Code);
    }
}
