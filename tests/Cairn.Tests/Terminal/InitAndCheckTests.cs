using Xunit;

namespace Cairn.Tests.Terminal;

public sealed class InitAndCheckTests : IDisposable
{
    private readonly CommandLine _cairn = new();

    public void Dispose() => _cairn.Dispose();

    [Fact]
    public void A_project_is_made_and_the_next_command_named()
    {
        Assert.Equal(ExitCode.Done, _cairn.Run("init", "herb", "--template", "herbarium-sheets"));
        Assert.EndsWith("next   cd herb && cairn run herbarium-sheets\n", _cairn.Out, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_cairn.Folder, "herb", "data", "stained.tar.gz")));
        Assert.Contains("cairn.local.yaml", File.ReadAllLines(Path.Combine(_cairn.Folder, "herb", ".gitignore")));
    }

    [Fact]
    public void A_folder_that_holds_something_is_left_alone()
    {
        _cairn.Write("herb/notes.txt", "mine");
        Assert.Equal(ExitCode.Usage, _cairn.Run("init", "herb", "--template", "herbarium-sheets"));
        Assert.Equal(
            """
            error[init/not-empty]: `herb` is not empty; nothing was written
              it holds notes.txt
               = help: cairn init another-folder

            """,
            _cairn.Error);
        Assert.Single(Directory.GetFileSystemEntries(Path.Combine(_cairn.Folder, "herb")));
    }

    [Fact]
    public void A_repository_just_begun_counts_as_empty()
    {
        Directory.CreateDirectory(Path.Combine(_cairn.Folder, "p", ".git"));
        Assert.Equal(ExitCode.Done, _cairn.Run("init", "p"));
        Assert.Equal("project: \"p\"", File.ReadAllLines(Path.Combine(_cairn.Folder, "p", "cairn.yaml"))[^1]);
    }

    [Theory]
    [InlineData("0123")]
    [InlineData("a: b")]
    [InlineData("say \"hi\"")]
    [InlineData("null")]
    public void Any_folder_name_makes_a_project_file_that_reads_back(string name)
    {
        Assert.Equal(ExitCode.Done, _cairn.Run("init", name));
        Assert.Equal(ExitCode.Done, _cairn.Run("--project", name, "config", "--json"));
        Assert.Equal(name, _cairn.OutAsJson().GetProperty("settings").GetProperty("project").GetProperty("value").GetString());
    }

    [Fact]
    public void An_unknown_template_is_named_with_the_nearest_one()
    {
        Assert.Equal(ExitCode.Usage, _cairn.Run("init", "x", "--template", "herbarium-sheet"));
        Assert.Contains("did you mean `herbarium-sheets`?", _cairn.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_cairn.Folder, "x")));
    }

    [Fact]
    public void Check_finds_every_problem_of_every_flow_at_once()
    {
        _cairn.Write("a.flow.yaml", "flow: a\nread:\n  t: { delimited: { path: t.csv } }\nshape:\n  u: { from: tt }\n");
        _cairn.Write("flows/b.flow.yaml", "flwo: b\n");
        Assert.Equal(ExitCode.Found, _cairn.Run("check"));
        Assert.Contains("a.flow.yaml:5:14", _cairn.Error, StringComparison.Ordinal);
        Assert.Contains("flows/b.flow.yaml:1:1", _cairn.Error, StringComparison.Ordinal);
        Assert.Contains("2 flow files checked:", _cairn.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_looks_at_the_headers_that_are_there()
    {
        _cairn.Write("t.csv", "id,name\n1,x\n");
        _cairn.Write("a.flow.yaml", "flow: a\nread:\n  t: { delimited: { path: t.csv } }\nshape:\n  u: { from: t, select: [id, nmae] }\n");
        Assert.Equal(ExitCode.Found, _cairn.Run("check", "a.flow.yaml", "--format", "short"));
        Assert.Contains("a.flow.yaml:5:30: error[flow/unknown-column]", _cairn.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean `name`?", _cairn.Error, StringComparison.Ordinal);
        File.Delete(Path.Combine(_cairn.Folder, "t.csv"));
        _cairn.Run("check", "a.flow.yaml");
        Assert.DoesNotContain("unknown-column", _cairn.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_follows_the_flows_that_a_flow_names()
    {
        _cairn.Write("a.flow.yaml", "flow: a\nflows: [b.flow.yaml]\nread:\n  t: { delimited: { path: t.csv } }\nwrite:\n  t: { to: { delimited: { path: a.tsv } } }\n");
        _cairn.Write("b.flow.yaml", "flow: b\nflows: [a.flow.yaml]\nread:\n  t: { delimited: { path: t.csv } }\nwrite:\n  t: { to: { delimited: { path: b.tsv } } }\n");
        Assert.Equal(ExitCode.Found, _cairn.Run("check"));
        Assert.Contains("error[flow/flows-cycle]", _cairn.Error, StringComparison.Ordinal);
        Assert.Contains("2 flow files checked: 1 error", _cairn.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flow_that_is_not_there_is_a_matter_of_usage() => Assert.Equal(ExitCode.Usage, _cairn.Run("check", "nowhere.flow.yaml"));

    [Fact]
    public void A_hundred_flows_are_checked_within_a_second()
    {
        for (int i = 0; i < 100; i++)
        {
            _cairn.Write($"flows/f{i}.flow.yaml", $"flow: f{i}\nread:\n  t: {{ delimited: {{ path: t.csv }} }}\nshape:\n  u: {{ from: t, where: \"a = '1' and b is not null\", select: [a, b] }}\n");
        }

        _cairn.Write("flows/t.csv", "a,b\n");
        _cairn.Run("check", "flows/f0.flow.yaml");
        var time = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(ExitCode.Found, _cairn.Run("check"));
        Assert.Contains("100 flow files checked: 0 errors, 100 warnings", _cairn.Out, StringComparison.Ordinal);

        // A second on a quiet machine; ten leave room for a busy one and still tell a check that reads data.
        Assert.InRange(time.Elapsed.TotalSeconds, 0, 10);
    }
}
