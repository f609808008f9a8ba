using System.Text;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Flows.Scanning;
using Cairn.Core.Settings;

namespace Cairn.Tests.Flows;

/// <summary>The parts a scan counts with.</summary>
public sealed class ScanPartsTests
{
    private static RowHash Hash(int seed) => new(new Random(seed).NextBytes);

    [Fact]
    public void EqualTextsHaveEqualFingerprintsAndDifferentOnesDiffer()
    {
        RowHash hash = Hash(1);
        var random = new Random(2);
        var seen = new Dictionary<Fingerprint, string>();
        for (int length = 0; length < 600; length++)
        {
            foreach (int change in new[] { -1, 0, length / 2, length - 1 })
            {
                byte[] text = [.. Enumerable.Repeat((byte)'x', length)];
                if (change >= 0 && change < length)
                {
                    text[change] = (byte)('a' + random.Next(20));
                }

                string name = Convert.ToHexString(text);
                Fingerprint fingerprint = hash.Of(text);
                Assert.Equal(fingerprint, hash.Of(text.ToArray()));
                Assert.True(!seen.TryGetValue(fingerprint, out string? other) || other == name);
                seen[fingerprint] = name;
            }
        }
    }

    [Fact]
    public void LongTextsThatDifferInOneByteOfAnyBlockDiffer()
    {
        RowHash hash = Hash(3);
        byte[] text = new byte[20_000];
        Fingerprint all = hash.Of(text);
        foreach (int at in new[] { 0, 4095, 4096, 8191, 12_000, 19_999 })
        {
            text[at] = 1;
            Assert.NotEqual(all, hash.Of(text));
            text[at] = 0;
        }

        Assert.NotEqual(all, hash.Of(text.AsSpan(0, 19_999)));
    }

    [Fact]
    public void ZerosOfDifferentLengthsDiffer() =>
        Assert.Equal(5000, Enumerable.Range(0, 5000).Select(n => Hash(4).Of(new byte[n])).Distinct().Count());

    [Fact]
    public void TwoKeysGiveDifferentFingerprints() => Assert.NotEqual(Hash(5).Of("row"u8), Hash(6).Of("row"u8));

    [Fact]
    public void ASetHoldsWhatASetOfDotNetHolds()
    {
        var random = new Random(7);
        var set = new FingerprintSet();
        var expected = new HashSet<Fingerprint>();
        for (int i = 0; i < 50_000; i++)
        {
            var value = new Fingerprint((ulong)random.Next(20_000), (ulong)random.Next(2));
            Assert.Equal(expected.Add(value), set.Add(value));
        }

        Assert.Equal(expected.Count, set.Count);
        Assert.All(Enumerable.Range(0, 25_000), i => Assert.Equal(expected.Contains(new Fingerprint((ulong)i, 1)), set.Contains(new Fingerprint((ulong)i, 1))));
    }

    [Fact]
    public void CountsByTextAreThoseOfADictionary()
    {
        var random = new Random(8);
        var counts = new TextCounts(500);
        var expected = new Dictionary<string, long>();
        long over = 0;
        for (int i = 0; i < 20_000; i++)
        {
            // Same beginning and end, so that only the middle tells many of them apart.
            string text = $"http://example.org/{random.Next(600):D4}/image.jpg";
            counts.Add(Encoding.UTF8.GetBytes(text));
            if (expected.ContainsKey(text) || expected.Count < 500)
            {
                expected[text] = expected.GetValueOrDefault(text) + 1;
            }
            else
            {
                over++;
            }
        }

        Assert.Equal(over, counts.Overflow);
        Assert.Equal(expected.OrderByDescending(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal), counts.Sorted());
    }

    [Fact]
    public void ASourceThatLiesAboutItsRowsFailsTheRun()
    {
        var place = new FilePlace("lie.flow.yaml", 3, 5);
        var flow = new Flow("lie", place) { Reads = [new Read("p", "memory", new MapSetting([], place), null, place)] };
        foreach (long lie in new[] { 1, -1 })
        {
            string folder = Directory.CreateTempSubdirectory("cairn-lie-").FullName;
            using var work = new FlowWork(flow, TestWorld.With(_ => new MemorySource(["k"], [["a"], ["b"]], lie: lie)), new FlowOptions(1L << 28), folder, _ => { });
            work.Open(CancellationToken.None);
            ProblemException e = Assert.Throws<ProblemException>(() => work.Make(_ => true, CancellationToken.None));
            Assert.Equal("run/source-miscounts", Assert.Single(e.Problems).Code);
        }
    }

    [Fact]
    public void AStepThatRemembersTooMuchIsSaidSo()
    {
        var place = new FilePlace("large.flow.yaml", 3, 5);
        var flow = new Flow("large", place)
        {
            Reads = [new Read("p", "memory", new MapSetting([], place), null, place)],
            Steps = [new Step("once", new DistinctHead(new NameAt("p", place), null), [], place)],
        };
        string?[][] rows = [.. Enumerable.Range(0, 5000).Select(i => new string?[] { "value " + i })];
        string folder = Directory.CreateTempSubdirectory("cairn-large-").FullName;
        using var work = new FlowWork(flow, TestWorld.With(_ => new MemorySource(["k"], rows, batch: 100), (f, _) => new Adapters.DuckDb.Workbench.DuckDbWorkbench(f, 1L << 28)), new FlowOptions(1L << 16), folder, _ => { });
        work.Open(CancellationToken.None);
        Assert.Equal("once", Assert.Throws<ScanTooLargeException>(() => work.Make(_ => true, CancellationToken.None)).Step);
    }
}
