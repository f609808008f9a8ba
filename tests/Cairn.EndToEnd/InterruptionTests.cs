using System.Diagnostics;

namespace Cairn.EndToEnd;

/// <summary>Ctrl-C, as the shell sends it.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class InterruptionTests : IDisposable
{
    private readonly Built _cairn = new();

    public void Dispose() => _cairn.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void The_first_stops_the_run_with_nothing_written_and_says_so(string signal)
    {
        using (StreamWriter data = File.CreateText(Path.Combine(_cairn.Folder, "big.tsv")))
        {
            data.WriteLine("id\tname\tplace");
            for (int i = 0; i < 6_000_000; i++)
            {
                data.Write(i);
                data.WriteLine("\tQuercus alba L.\tTravis County, Texas");
            }
        }

        _cairn.Write("big.flow.yaml", """
            flow: big
            read:
              big: { delimited: { path: big.tsv } }
            shape:
              once: { distinct: big }
            write:
              once: { to: { delimited: { path: out/big.tsv } } }
            """);
        using Process process = _cairn.Start(Built.Program, "run", "big", "--yes");
        string? stage = process.StandardError.ReadLine();
        Assert.Equal("read big", stage);
        Thread.Sleep(300);
        var time = Stopwatch.StartNew();
        Signal(process, signal);

        Finished done = Built.Finish(process);
        time.Stop();
        Assert.Equal(130, done.Code);
        Assert.Contains("stopped[run/stopped]", done.Error, StringComparison.Ordinal);

        // A second is promised; a busy machine may take a few to let the process run at all.
        Assert.InRange(time.Elapsed.TotalSeconds, 0, 5);
        Assert.False(Directory.Exists(Path.Combine(_cairn.Folder, "out")) && Directory.GetFileSystemEntries(Path.Combine(_cairn.Folder, "out")).Length > 0);
        string manifest = Assert.Single(Directory.GetFiles(Path.Combine(_cairn.Folder, ".cairn", "runs"), "run.json", SearchOption.AllDirectories));
        Assert.Contains("\"state\": \"stopped\"", File.ReadAllText(manifest), StringComparison.Ordinal);
    }

    [Fact]
    public void The_second_ends_even_what_does_not_listen()
    {
        // A pipe nobody writes to: opening it waits for ever, and no promise to stop can be kept.
        using (Process fifo = Process.Start("mkfifo", [Path.Combine(_cairn.Folder, "silent.tsv")]))
        {
            fifo.WaitForExit();
        }

        _cairn.Write("silent.flow.yaml", """
            flow: silent
            read:
              t: { delimited: { path: silent.tsv } }
            write:
              t: { to: { delimited: { path: out.tsv } } }
            """);
        using Process process = _cairn.Start(Built.Program, "run", "silent", "--yes");
        Thread.Sleep(1500);
        Signal(process, "INT");
        Assert.False(process.WaitForExit(2500));
        Signal(process, "INT");
        Assert.True(process.WaitForExit(5000), "still there after the second Ctrl-C");
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("stopping; Ctrl-C once more ends it at once", process.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_cairn.Folder, "out.tsv")));
    }

    private static void Signal(Process process, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
    }
}
