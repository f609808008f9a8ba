using System.Diagnostics;

namespace Cairn.EndToEnd;

/// <summary>
/// ./cairn, when to build and when not to. The compiler is a script that notes each call, because only the launcher is looked at here;
/// that the real one builds a program which runs is what every other test of this project shows.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class LauncherTests : IDisposable
{
    private const string Compiler = """
        #!/bin/sh
        if [ "$1" != publish ]; then
            echo "ran $(cat "$1") in $PWD with:$(shift; printf ' <%s>' "$@")"
            exit 7
        fi
        echo call >>"$ROOT/calls"
        sleep 3 >/dev/null 2>&1 & # a compiler's server, which outlives the build and must not keep its lock
        [ -n "$SLOW" ] && sleep "$SLOW"
        if [ -e "$ROOT/broken" ]; then
            echo "error CS1002: ; expected"
            exit 1
        fi
        case "$*" in
            *ReadyToRun*) if [ -e "$ROOT/plain" ]; then echo "error NU1102: Unable to find package microsoft.netcore.app.crossgen2"; exit 1; fi ;;
        esac
        while [ "$1" != -o ]; do shift; done
        mkdir -p "$2" && wc -l <"$ROOT/calls" | tr -d ' ' >"$2/cairn.dll"
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("cairn-launcher-").FullName;
    private readonly string root;
    private readonly string tools;

    public LauncherTests()
    {
        root = Directory.CreateDirectory(Path.Combine(folder, "a copy")).FullName;
        tools = Directory.CreateDirectory(Path.Combine(folder, "tools")).FullName;
        foreach (var name in new[] { "src/Cairn/Cairn.csproj", "src/Cairn/Program.cs", "src/Cairn/Old.cs", "eng/native/package.json", "global.json", "Directory.Build.props", "Directory.Packages.props" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, name))!);
            File.WriteAllText(Path.Combine(root, name), "");
        }
        File.Copy(Repository.File("cairn"), Path.Combine(root, "cairn"));
        Executable("dotnet", Compiler);
        Executable("npm", "#!/bin/sh\n");
        foreach (var tool in new[] { "bash", "sh", "cat", "date", "dirname", "find", "flock", "grep", "mkdir", "mv", "readlink", "rm", "sed", "sleep", "tr", "wc" })
        {
            File.CreateSymbolicLink(Path.Combine(tools, tool), new[] { "/usr/bin/", "/bin/" }.Select(at => at + tool).First(File.Exists));
        }
    }

    [Fact]
    public async Task It_builds_once_and_passes_arguments_folder_and_exit_code_on()
    {
        var first = await Cairn(["run", "a b", ""]);
        Assert.Equal((7, "cairn: building (there is no build yet, this takes a minute)\n"), (first.Code, first.Error));
        var second = await Cairn(["run", "a b", ""]);
        Assert.Equal((7, ""), (second.Code, second.Error));
        Assert.Equal($"ran 1 in {folder} with: <run> <a b> <>\n", second.Output);
    }

    [Fact]
    public async Task A_changed_and_a_deleted_source_are_built_again_and_what_the_build_fetches_is_not()
    {
        await Cairn([]);
        await Touch("src/Cairn/Program.cs");
        Assert.Equal("cairn: building (src/Cairn/Program.cs changed)\n", (await Cairn([])).Error);
        await Task.Delay(20, TestContext.Current.CancellationToken);
        File.Delete(Path.Combine(root, "src/Cairn/Old.cs"));
        Assert.Equal("cairn: building (src/Cairn changed)\n", (await Cairn([])).Error);
        await Touch("eng/native/node_modules/a/library.so");
        await Touch("README.md");
        Assert.Equal("", (await Cairn([])).Error);
        await Touch("eng/native/package.json");
        Assert.Equal("cairn: building (eng/native/package.json changed)\n", (await Cairn([])).Error);
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(root, "artifacts/run"), "app-*").Length);
    }

    [Fact]
    public async Task A_source_that_changes_during_the_build_is_built_again()
    {
        var building = Cairn([], slow: "1");
        await Task.Delay(500, TestContext.Current.CancellationToken);
        await Touch("src/Cairn/Program.cs");
        await building;
        Assert.Equal("cairn: building (src/Cairn/Program.cs changed)\n", (await Cairn([])).Error);
    }

    [Fact]
    public async Task Two_at_once_build_once()
    {
        var both = await Task.WhenAll(Cairn([], slow: "1"), Cairn([], slow: "1"));
        Assert.All(both, ended => Assert.Equal((7, $"ran 1 in {folder} with: <>\n"), (ended.Code, ended.Output)));
        Assert.Equal(["cairn: building (there is no build yet, this takes a minute)\n", "cairn: waiting for another build\n"], both.Select(ended => ended.Error).Order());
    }

    [Fact]
    public async Task A_build_that_fails_shows_why_and_is_tried_again()
    {
        await Touch("broken");
        var failed = await Cairn([]);
        Assert.Equal(70, failed.Code);
        Assert.Contains("error CS1002: ; expected", failed.Error, StringComparison.Ordinal);
        Assert.Contains("internal[build]: cairn could not be built", failed.Error, StringComparison.Ordinal);
        Assert.Equal("", failed.Output);
        File.Delete(Path.Combine(root, "broken"));
        Assert.Equal(7, (await Cairn([])).Code);
    }

    [Fact]
    public async Task Where_the_compiler_to_machine_code_cannot_be_had_plain_code_is_built()
    {
        await Touch("plain");
        var ended = await Cairn([]);
        Assert.Equal((7, $"ran 2 in {folder} with: <>\n"), (ended.Code, ended.Output));
        Assert.Equal("cairn: building (there is no build yet, this takes a minute)\n", ended.Error);
    }

    [Theory]
    [InlineData("dotnet", ".NET 10 SDK")]
    [InlineData("npm", "Node.js")]
    public async Task A_missing_tool_is_named_with_where_to_find_it(string tool, string meaning)
    {
        File.Delete(Path.Combine(tools, tool));
        var ended = await Cairn([]);
        Assert.Equal(2, ended.Code);
        Assert.Contains($"no command \"{tool}\"", ended.Error, StringComparison.Ordinal);
        Assert.Contains(meaning, ended.Error, StringComparison.Ordinal);
        Assert.Contains("help: install it from https://", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_works_through_links_to_links()
    {
        File.CreateSymbolicLink(Path.Combine(folder, "first"), "a copy/cairn");
        File.CreateSymbolicLink(Path.Combine(tools, "second"), Path.Combine(folder, "first"));
        Assert.Equal(7, (await Run(Path.Combine(tools, "second"), [], slow: null)).Code);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task<Ended> Cairn(string[] arguments, string? slow = null) => Run(Path.Combine(root, "cairn"), arguments, slow);

    private async Task<Ended> Run(string launcher, string[] arguments, string? slow)
    {
        var start = new ProcessStartInfo(launcher, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        start.Environment["PATH"] = tools;
        start.Environment["ROOT"] = root;
        start.Environment["SLOW"] = slow;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Ended(process.ExitCode, await output, await error);
    }

    // A moment later than what was done before: time stamps are as coarse as the kernel's clock.
    private async Task Touch(string name)
    {
        await Task.Delay(20, TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, name))!);
        await File.WriteAllTextAsync(Path.Combine(root, name), "changed", TestContext.Current.CancellationToken);
    }

    private void Executable(string name, string script)
    {
        File.WriteAllText(Path.Combine(tools, name), script);
        File.SetUnixFileMode(Path.Combine(tools, name), (UnixFileMode)0b111_101_101);
    }

    private sealed record Ended(int Code, string Output, string Error);
}
