using System.Diagnostics;
using System.Text.Json;

namespace Cairn.EndToEnd;

/// <summary>A run killed at any moment leaves the old output whole and a run that says so, and the next run works.</summary>
public sealed class KilledRunTests : IDisposable
{
    private readonly Built _cairn = new();

    public void Dispose() => _cairn.Dispose();

    private static int Kills => Environment.GetEnvironmentVariable("CAIRN_LONG") == "1" ? 200 : 12;

    [Fact]
    public void KillNine()
    {
        using (StreamWriter data = File.CreateText(Path.Combine(_cairn.Folder, "data.tsv")))
        {
            data.WriteLine("id\tname");
            for (int i = 0; i < 300_000; i++)
            {
                data.Write(i % 200_000);
                data.WriteLine("\tQuercus alba L.");
            }
        }

        _cairn.Write("once.flow.yaml", """
            flow: once
            read:
              rows: { delimited: { path: data.tsv, quote: none } }
            shape:
              once: { distinct: rows }
            write:
              once: { to: { delimited: { path: out/once.tsv } } }
            """);
        string output = Path.Combine(_cairn.Folder, "out", "once.tsv");
        Finished first = _cairn.Run("run", "once", "--yes");
        Assert.True(first.Code is 0 or 1, first.Error);
        byte[] whole = File.ReadAllBytes(output);
        long took = Math.Max(Timed(() => _cairn.Run("run", "once", "--yes")), 50);
        var random = new Random(11);
        int killed = 0;
        for (int i = 0; i < Kills; i++)
        {
            File.WriteAllText(output, "the old output\n");
            using Process process = _cairn.Start(Built.Program, "run", "once", "--yes");
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (!process.WaitForExit(random.Next((int)took * 11 / 10)))
            {
                process.Kill();
                process.WaitForExit();
                killed++;
            }

            byte[] now = File.ReadAllBytes(output);
            Assert.True(now.AsSpan().SequenceEqual(whole) || now.AsSpan().SequenceEqual("the old output\n"u8), $"kill {i} left {now.Length} bytes");
        }

        Assert.True(killed > Kills / 4, $"only {killed} of {Kills} were killed in time");
        Finished next = _cairn.Run("run", "once", "--yes");
        Assert.True(next.Code is 0 or 1, next.Error);
        Assert.Equal(whole, File.ReadAllBytes(output));
        Assert.Equal("once.tsv", Path.GetFileName(Assert.Single(Directory.GetFileSystemEntries(Path.Combine(_cairn.Folder, "out"), "*", new EnumerationOptions { AttributesToSkip = FileAttributes.None }), p => !Path.GetFileName(p).StartsWith('.'))));

        Finished list = _cairn.Run("runs", "list", "--json", "--limit", "1000");
        using JsonDocument runs = JsonDocument.Parse(list.Out);
        string[] states = [.. runs.RootElement.GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("state").GetString()!)];
        Assert.DoesNotContain("running", states);
        Assert.Contains("interrupted", states);
    }

    private static long Timed(Action work)
    {
        var time = Stopwatch.StartNew();
        work();
        return time.ElapsedMilliseconds;
    }
}
