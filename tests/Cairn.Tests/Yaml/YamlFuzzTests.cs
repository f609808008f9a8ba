using System.Diagnostics;
using System.Text;
using Cairn.Adapters.Yaml;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Settings;
using Cairn.Core.Tables;
using Cairn.Tests.Flows;

namespace Cairn.Tests.Yaml;

/// <summary>
/// Broken texts for a bounded time: whatever a flow file holds, the answer is a flow or problems with places inside the file, and it comes soon.
/// A failing seed is in the message; CAIRN_LONG=1 looks for two minutes.
/// </summary>
public sealed class YamlFuzzTests
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("CAIRN_LONG") == "1";

    private static readonly TimeSpan Time = Long ? TimeSpan.FromMinutes(2) : TimeSpan.FromSeconds(4);

    // However busy the machine is.
    private const int Fewest = 500;

    private static readonly string[] Pieces =
    [
        "flow", "read", "shape", "write", "figures", "expect", "warn", "from", "join", "union", "sql", "select", "derive", "${data}", "$data", "'", "\"", "|", ">", "|2", ">-",
        "[", "]", "{", "}", ":", ": ", "- ", "? ", "\n", "\n  ", "\n    ", "\t", "\r\n", "#", " #", "&a", "*a", "!!str", "!", "---", "...", "%YAML 1.1\n", "@", "`", ",", "null", "~",
        "\\u0041", "\\", "\u2028", "\u0085", "\uFEFF", "\uD800", "é", "🌿", "0", "-1", "1e9", "100%", ">= 5", "a.b", "<<", "_row", "ORDER BY", "--", "/*", "$$", "(", ")", "\0", "\u0001",
    ];

    private static readonly string[] Texts =
    [
        .. new[] { "flows", "columns" }.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "data", f)).Order(StringComparer.Ordinal)).Select(f => File.ReadAllText(f).Split("=====\n")[0]),
        File.ReadAllText(Path.Combine(Repository.Root, "examples", "herbarium-sheets", "herbarium-sheets.flow.yaml")),
        File.ReadAllText(Path.Combine(Repository.Root, "examples", "herbarium-sheets", "data", "expected.json")),
    ];

    [Fact]
    public void No_text_makes_the_reader_fall_over()
    {
        var clock = Stopwatch.StartNew();
        int seed = Long ? Environment.TickCount & int.MaxValue : 1;
        int flows = 0, trees = 0, texts = 0;
        for (; texts < Fewest || clock.Elapsed < Time; texts++, seed = (seed + 1) & int.MaxValue)
        {
            string text = Text(new Random(seed));
            TimeSpan before = clock.Elapsed;
            try
            {
                SettingReading reading = YamlSettings.Read(text, "a.flow.yaml");
                Assert.True(reading.Root is not null || reading.Problems.Count > 0);
                trees += reading.Root is null ? 0 : 1;
                Check(reading.Problems, text);
                FlowReading flow = FlowTexts.Read(text);
                Check(flow.Problems, text);
                if (flow.Flow is not null)
                {
                    flows++;
                    Check(ColumnCheck.Check(flow.Flow, flow.Flow.Reads.ToDictionary(r => r.Name, _ => (TableLayout?)new TableLayout([new("id", 0), new("name", 1)], 2))).Problems, text);
                }
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}\n{text}");
            }

            Assert.True((clock.Elapsed - before) < TimeSpan.FromSeconds(20), $"seed {seed} took {clock.Elapsed - before}\n{text}");
        }

        // Otherwise the texts are so broken that nothing behind the first check is tried.
        Assert.True(flows > 5 && trees > 50, $"only {flows} flows and {trees} trees of {texts} texts");
    }

    private static void Check(IReadOnlyList<Problem> problems, string text)
    {
        int lines = 1 + text.Count(c => c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029');
        foreach (Problem problem in problems)
        {
            Assert.True(problem.Message.Length < 2000, problem.Message);
            Assert.DoesNotContain("\n", problem.Message, StringComparison.Ordinal);
            Assert.True(ProblemCodes.All.Any(c => c.Code == problem.Code), problem.Code);
            if (problem.Place is FilePlace { Line: > 0 } place)
            {
                Assert.True(place.Line <= lines, $"{problem} is after the end");
                Assert.True(place.Text is null || place.Column <= place.Text.Length + 1, $"{problem} is right of its line");
            }
        }
    }

    private static string Text(Random random)
    {
        var text = new StringBuilder(random.Next(4) == 0 ? "" : Texts[random.Next(Texts.Length)]);
        int edits = random.Next(1, text.Length == 0 ? 60 : 8);
        for (int i = 0; i < edits; i++)
        {
            int at = random.Next(text.Length + 1);
            switch (random.Next(text.Length == 0 ? 1 : 5))
            {
                case 0:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 1:
                    text.Remove(at, Math.Min(text.Length - at, random.Next(1, 12)));
                    break;
                case 2:
                    int length = Math.Min(text.Length - at, random.Next(1, 80));
                    text.Insert(random.Next(text.Length + 1), text.ToString(at, length));
                    break;
                case 3:
                    text.Insert(at, string.Concat(Enumerable.Repeat(Pieces[random.Next(Pieces.Length)], random.Next(1, 300))));
                    break;
                default:
                    text[Math.Min(at, text.Length - 1)] = (char)random.Next(1, 256);
                    break;
            }
        }

        return text.ToString();
    }
}
