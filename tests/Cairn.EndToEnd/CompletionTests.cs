namespace Cairn.EndToEnd;

/// <summary>The scripts that shells are given, and what comes of them in bash.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly Built _cairn = new();

    public void Dispose() => _cairn.Dispose();

    [Theory]
    [InlineData("bash", "bash", "-n")]
    [InlineData("zsh", "zsh", "-n")]
    [InlineData("fish", "fish", "--no-execute")]
    public void A_script_is_one_that_its_shell_can_read(string shell, string program, string check)
    {
        string script = Script(shell);
        using var process = _cairn.Start(program, check, script);
        Finished done = Built.Finish(process);
        Assert.Equal((0, ""), (done.Code, done.Error));
    }

    [Theory]
    [InlineData("cairn pe", "peek")]
    [InlineData("cairn connectors show del", "delimited")]
    [InlineData("cairn peek a.csv --pro", "--profile --project")]
    public void Fish_completes(string line, string words)
    {
        string script = Script("fish");
        using var process = _cairn.Start("fish", "--no-config", "-c", $"set -x PATH {Path.GetDirectoryName(Built.Program)} $PATH; source {script}; complete --do-complete '{line}' | sort | string join ' '");
        Finished done = Built.Finish(process);
        Assert.Equal((words + "\n", ""), (done.Out, done.Error));
    }

    [Fact]
    public void The_script_for_PowerShell_registers_itself() => Assert.Contains("Register-ArgumentCompleter -Native -CommandName cairn", File.ReadAllText(Script("pwsh")), StringComparison.Ordinal);

    [Theory]
    [InlineData("cairn pe", "peek")]
    [InlineData("cairn connectors show del", "delimited")]
    [InlineData("cairn peek a.csv --pro", "--profile --project")]
    [InlineData("cairn --format s", "short")]
    [InlineData("cairn help glo", "glossary")]
    [InlineData("cairn init x --template ", "herbarium-sheets")]
    [InlineData("cairn completions ", "bash fish pwsh zsh")]
    public void Bash_completes(string line, string words)
    {
        string script = Script("bash");
        _cairn.Write("ask.sh", $$"""
            PATH="{{Path.GetDirectoryName(Built.Program)}}:$PATH"
            source "{{script}}"
            COMP_LINE='{{line}}'
            COMP_POINT=${#COMP_LINE}
            read -r -a COMP_WORDS <<<"$COMP_LINE"
            [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=("")
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _cairn
            printf '%s\n' "${COMPREPLY[@]}" | sort | paste -sd' '
            """);
        using var process = _cairn.Start("bash", "ask.sh");
        Finished done = Built.Finish(process);
        Assert.Equal((words + "\n", ""), (done.Out, done.Error));
    }

    private string Script(string shell)
    {
        Finished done = _cairn.Run("completions", shell);
        Assert.Equal((0, ""), (done.Code, done.Error));
        return _cairn.Write("script." + shell, done.Out);
    }
}
