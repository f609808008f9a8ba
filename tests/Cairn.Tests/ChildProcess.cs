using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Cairn.Tests;

/// <summary>
/// A second process of this very program that plays one part and nothing else, for what can only be shown by killing a process or by several at
/// once. The parts are the methods named in <see cref="Parts"/>.
/// </summary>
internal static class ChildProcess
{
    private const string PartVariable = "CAIRN_TEST_PART";

    private static readonly Dictionary<string, Action<string[]>> Parts = new()
    {
        ["hold-run"] = Stores.RunCrashTests.HoldRun,
        ["close-runs"] = Stores.RunCrashTests.CloseRuns,
    };

    /// <summary>Its standard output says how far it is, a line each; it ends when its standard input does.</summary>
    public static Process Start(string part, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Cairn.Tests" + (OperatingSystem.IsWindows() ? ".exe" : "")), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment[PartVariable] = part;
        return Process.Start(start)!;
    }

    /// <summary>Runs before the test runner does.</summary>
    [ModuleInitializer]
    internal static void Play()
    {
        if (Environment.GetEnvironmentVariable(PartVariable) is { Length: > 0 } part)
        {
            Parts[part](Environment.GetCommandLineArgs()[1..]);
            Environment.Exit(0);
        }
    }
}
