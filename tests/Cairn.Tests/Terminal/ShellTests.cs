using Xunit;

namespace Cairn.Tests.Terminal;

public sealed class ShellTests : IDisposable
{
    private readonly CommandLine _cairn = new();

    public void Dispose() => _cairn.Dispose();

    [Fact]
    public void An_unknown_command_is_named_with_the_nearest_one()
    {
        Assert.Equal(ExitCode.Usage, _cairn.Run("chekc"));
        Assert.Equal(
            """
            error[usage/unknown-command]: cairn has no command `chekc`
               = did you mean `check`?
               = help: cairn --help

            """,
            _cairn.Error);
        Assert.Empty(_cairn.Out);
    }

    [Fact]
    public void An_unknown_option_is_named_with_the_nearest_one()
    {
        Assert.Equal(ExitCode.Usage, _cairn.Run("peek", "a.csv", "--porfile"));
        Assert.Equal(
            """
            error[usage/unknown-option]: cairn peek has no option `--porfile`
               = did you mean `--profile`?
               = help: cairn peek --help

            """,
            _cairn.Error);
    }

    [Theory]
    [InlineData("cairn peek needs <source>: a file or folder, connector:path, archive#table, or flow#table", "peek")]
    [InlineData("--limit needs a value: rows", "peek", "a.csv", "--limit")]
    [InlineData("--limit takes a whole number, and `ten` is not one", "peek", "a.csv", "--limit", "ten")]
    [InlineData("--limit takes a number from 1 up, and `0` is not one", "peek", "a.csv", "--limit", "0")]
    [InlineData("--format does not know `shrot`; did you mean `short`?", "doctor", "--format", "shrot")]
    [InlineData("cairn doctor does not know what to do with `now`", "doctor", "now")]
    [InlineData("there is no help on `glosary`", "help", "glosary")]
    [InlineData("there is no folder `nowhere` to be the project", "--project", "nowhere", "config")]
    [InlineData("--set takes name=value, and `data` has no `=` after a name", "check", "--set", "data")]
    public void What_is_wrong_with_a_line_is_said_in_our_words(string message, params string[] line)
    {
        Assert.Equal(ExitCode.Usage, _cairn.Run(line));
        Assert.Contains(message, _cairn.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", _cairn.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void With_json_problems_are_the_answer_and_standard_error_is_silent()
    {
        Assert.Equal(ExitCode.Usage, _cairn.Run("chekc", "--json"));
        Assert.Empty(_cairn.Error);
        Assert.False(_cairn.OutAsJson().GetProperty("ok").GetBoolean());
        Assert.Equal("usage/unknown-command", _cairn.OutAsJson().GetProperty("problems")[0].GetProperty("code").GetString());
    }

    [Fact]
    public void A_word_that_begins_with_an_at_sign_is_only_a_word()
    {
        _cairn.Write("args.txt", "doctor");
        Assert.Equal(ExitCode.Usage, _cairn.Run("@args.txt"));
        Assert.Contains("cairn has no command `@args.txt`", _cairn.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_of_ours_leaves_a_report_without_data_and_shows_no_class_name()
    {
        _cairn.Clock = new BrokenClock();
        Assert.Equal(ExitCode.Fault, _cairn.Run("doctor"));
        Assert.Contains("error[cairn/fault]: Cairn met a fault of its own", _cairn.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", _cairn.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-cell", _cairn.Error, StringComparison.Ordinal);
        string report = File.ReadAllText(Assert.Single(Directory.GetFiles(Path.Combine(_cairn.Folder, ".cairn", "reports"))));
        Assert.Contains(nameof(InvalidOperationException), report, StringComparison.Ordinal);
        Assert.Contains("command cairn doctor", report, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-cell", report, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stop_gives_130_and_says_so()
    {
        _cairn.Write("a.csv", "a,b\n1,2\n");
        _cairn.Stop = new CancellationToken(true);
        Assert.Equal(ExitCode.Stopped, _cairn.Run("peek", "a.csv", "--profile"));
        Assert.Contains("stopped[run/stopped]", _cairn.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Colours_are_for_terminals_and_can_be_refused()
    {
        const string Escape = "\u001b[";
        _cairn.Run("chekc");
        Assert.DoesNotContain(Escape, _cairn.Error, StringComparison.Ordinal);
        _cairn.Terminal = true;
        _cairn.Run("chekc");
        Assert.Contains(Escape, _cairn.Error, StringComparison.Ordinal);
        _cairn.Run("chekc", "--no-color");
        Assert.DoesNotContain(Escape, _cairn.Error, StringComparison.Ordinal);
        _cairn.Write("cairn.yaml", "color: never\n");
        _cairn.Run("chekc");
        Assert.DoesNotContain(Escape, _cairn.Error, StringComparison.Ordinal);
        _cairn.Environment["CAIRN_COLOR"] = "always";
        _cairn.Run("chekc");
        Assert.Contains(Escape, _cairn.Error, StringComparison.Ordinal);
        _cairn.Environment["NO_COLOR"] = "1";
        _cairn.Run("chekc");
        Assert.DoesNotContain(Escape, _cairn.Error, StringComparison.Ordinal);
    }

    private sealed class BrokenClock : TimeProvider
    {
        private int _asked;

        public override DateTimeOffset GetUtcNow() => _asked++ == 0 ? throw new InvalidOperationException("secret-cell") : DateTimeOffset.UnixEpoch;
    }
}
