using System.Text.RegularExpressions;

namespace Cairn.Tests.Docs;

/// <summary>
/// docs/tour.md goes through the source file by file. Each file is there, and each stands under one that it is really reached from: one of the
/// two names a type of the other (a caller its callee; an adapter the port it answers for).
/// </summary>
public sealed partial class TourTests
{
    private sealed record Stop(int Line, int Depth, string Path)
    {
        public string Text { get; } = File.ReadAllText(System.IO.Path.Combine(Repository.Root, Path));

        public bool Names(Stop other) => Declared().Matches(other.Text).Select(m => m.Groups[1].Value).Any(type => Regex.IsMatch(Text, $@"(?<!\w){type}(?!\w)"));
    }

    [Fact]
    public void Each_file_is_reached_from_the_one_it_stands_under()
    {
        int walks = 0;
        int chained = 0;
        var under = new Stack<Stop>();
        foreach (Stop stop in Stops())
        {
            while (under.Count > 0 && under.Peek().Depth >= stop.Depth)
            {
                under.Pop();
            }

            if (under.TryPeek(out Stop? from))
            {
                chained++;
                Assert.True(from.Names(stop) || stop.Names(from), $"docs/tour.md:{stop.Line}: {from.Path} and {stop.Path} do not name each other");
            }
            else
            {
                walks++;
            }

            under.Push(stop);
        }

        Assert.True(walks >= 3 && chained >= 20, $"the tour has {walks} walks and {chained} steps, fewer than it must have");
    }

    [Fact]
    public void A_stop_of_the_tour_is_a_link_to_the_file_it_names()
    {
        foreach ((int number, string text) in new Document("docs/tour.md").Prose().Where(l => Item().IsMatch(l.Text)))
        {
            Match stop = StopLine().Match(text);
            Assert.True(stop.Success, $"docs/tour.md:{number}: a stop begins with a link to its file, [`Name`](../src/...)");
            Assert.Equal(Path.GetFileName(stop.Groups["path"].Value), stop.Groups["name"].Value + ".cs");
        }
    }

    private static IEnumerable<Stop> Stops() =>
        from line in new Document("docs/tour.md").Prose()
        let stop = StopLine().Match(line.Text)
        where stop.Success
        select new Stop(line.Number, stop.Groups["indent"].Length, stop.Groups["path"].Value);

    // Types that stand by themselves, not inside another.
    [GeneratedRegex(@"^(?:public|internal) .*?\b(?:class|interface|enum|struct|record(?: struct)?) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex(@"^\s*(?:-|\d+\.)\s")]
    private static partial Regex Item();

    [GeneratedRegex(@"^(?<indent>\s*)(?:-|\d+\.) \[`(?<name>\w+(?:\.\w+)?)`\]\(\.\./(?<path>src/[\w./-]+\.cs)\)")]
    private static partial Regex StopLine();
}
