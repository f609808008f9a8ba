using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cairn.EndToEnd.Docs;

/// <summary>
/// docs/reference/json.md freezes what <c>--json</c> gives: every member of real answers stands in it with its types, and nothing else does.
/// With CAIRN_UPDATE_REFERENCES=1 its tables are written anew; what a member means is written by hand and kept.
/// </summary>
public sealed partial class JsonReferenceTests
{
    private const string Page = "docs/reference/json.md";

    // Objects whose keys are not Cairn's but the user's: names of figures, columns, settings, counted values.
    private static readonly HashSet<string> Free = ["figures", "figures.*", "figures.*[]", "rows[].cells", "profile[].types", "settings", "differences[].value", "differences[].expected", "surroundings.variables", "tables[].shown[]"];

    private const string Version = "A version of a file";
    private const string Run = "A run in short";
    private const string Report = "cairn plan and cairn run";

    // Objects that are described once, under a heading of their own.
    private static readonly Dictionary<string, Dictionary<string, string>> Kinds = new()
    {
        [Report] = new() { ["inputs[]"] = Version, ["outputs[]"] = Version, ["writes[].replaces"] = Version, ["before[]"] = Report },
        ["cairn runs list"] = new() { ["runs[]"] = Run },
        ["cairn runs show"] = new() { ["report"] = Report },
        ["cairn runs compare"] = new() { ["a"] = Run, ["b"] = Run, ["inputs[].a"] = Version, ["inputs[].b"] = Version, ["outputs[].a"] = Version, ["outputs[].b"] = Version },
        ["cairn runs prune"] = new() { ["runs[]"] = Run, ["spared[]"] = Run },
        ["cairn lineage"] = new() { ["nodes[].run"] = Run, ["nodes[].data"] = Version },
        ["cairn lineage of a row"] = new() { ["output"] = Version, ["sources[].files[]"] = Version },
        ["cairn archive get"] = new() { ["file"] = Version },
    };

    private static readonly (string Name, string Text)[] Files =
    [
        ("trees.csv", "tag,species,height\n0001,Quercus alba,12.5\n0002,Acer rubrum,\n0002,Acer rubrum,\n0003,Acer rubrum,8,1\n"),
        ("labels.csv", "tag,label\n0001,a\n0001,b\n0009,c\n"),
        ("trees.flow.yaml", """
            flow: trees
            read:
              trees: { delimited: { path: trees.csv }, warn: { rows: 4, "height is not null": "100%" } }
              labels: { delimited: { path: labels.csv } }
            shape:
              once: { distinct: trees, expect: { unique: tag } }
              labelled: { join: { left: once, right: labels, by: tag, kind: left } }
              counted:
                sql: SELECT species, count(*) AS n FROM once GROUP BY 1 ORDER BY 1
            write:
              labelled: { to: { delimited: { path: out/labelled.csv } } }
              counted: { to: { delimited: { path: out/counted.csv } } }
            figures:
              rows: { of: trees, rows: true }
              species: { of: once, by: species }
              missing: { of: once, list: [tag, height], where: "height is null", limit: 5 }
              first: { of: once, first: tag }
              least: { of: once, first: height, where: "height is null" }
            keep: { inputs: true, outputs: true }
            expect: { from: expected.yaml, optional: true, on_difference: warn }
            """),
        ("expected.yaml", "rows: 3\nspecies: { Quercus alba: 1, Acer rubrum: 2 }\n"),
        ("strict.flow.yaml", "flow: strict\nread:\n  trees: { delimited: { path: trees.csv }, expect: { \"height is not null\": \"100%\" } }\nwrite:\n  trees: { to: { delimited: { path: out/strict.csv } } }\n"),
        ("both.flow.yaml", "flow: both\nread:\n  labels: { delimited: { path: labels.csv } }\nwrite:\n  labels: { to: { delimited: { path: out/labels.csv } } }\nflows: [trees.flow.yaml]\n"),
        ("wrong.flow.yaml", "flow: wrong\nread:\n  trees: { delimited: { path: trees.csv, delimeter: comma } }\nwrite:\n  tree: { to: { delimited: { path: out/wrong.csv } } }\n"),
    ];

    // The heading on the page, and the command lines whose answers it describes, typed in this order.
    private static readonly (string Heading, string[] Lines)[] Answers =
    [
        ("cairn init", ["cairn init made", "cairn init herbarium --template herbarium-sheets"]),
        ("cairn check", ["cairn check trees.flow.yaml strict.flow.yaml", "cairn check wrong.flow.yaml"]),
        ("cairn peek", ["cairn peek trees.csv", "cairn peek trees.csv --profile", "cairn peek labels.csv --sample 2", "cairn peek examples/herbarium-sheets/data/stained.tar.gz --limit 1"]),
        ("cairn plan and cairn run",
        [
            "cairn plan trees.flow.yaml", "cairn run trees.flow.yaml --yes", "cairn run trees.flow.yaml --yes", "cairn run trees.flow.yaml", "cairn run strict.flow.yaml --yes",
            "cairn run both.flow.yaml --yes", "cairn run examples/herbarium-sheets --yes", "cairn plan trees.flow.yaml --exit-code",
        ]),
        ("cairn runs list", ["cairn runs list", "cairn runs list --flow trees --state done"]),
        ("cairn runs show", ["cairn runs show 7f3a", "cairn runs show c41e", "cairn runs show e526"]),
        ("cairn runs show --warned", ["cairn runs show c41e --warned trees"]),
        ("cairn runs refused", ["cairn runs refused c41e", "cairn runs refused 7f3a"]),
        ("cairn runs compare",
        [
            "cairn runs compare c41e 09bd", "! cp trees.csv before.csv; echo '0005,Pinus strobus,20' >> trees.csv; sed -i 's/limit: 5/limit: 6/' trees.flow.yaml", "! cairn run trees.flow.yaml --yes --memory 1GB",
            "! cairn run trees.flow.yaml --yes --only counted", "cairn runs compare c41e 52d1", "cairn runs compare 52d1 f96b",
        ]),
        ("cairn runs export", ["cairn runs export c41e --out c41e.zip"]),
        ("cairn lineage", ["cairn lineage out/labelled.csv", "cairn lineage trees.csv", "cairn lineage c41e", "cairn lineage trees.csv --down --all --depth 3"]),
        ("cairn lineage of a row", ["cairn lineage out/labelled.csv#1", "cairn lineage out/labelled.csv#3"]),
        ("cairn verify", ["cairn verify", "cairn verify c41e", "cairn verify out/labelled.csv", "! rm out/counted.csv", "cairn verify f96b", "! mv before.csv trees.csv"]),
        ("cairn archive list", ["cairn archive list"]),
        ("cairn archive get", ["cairn archive get labels.csv@c41e --out old.csv"]),
        ("cairn runs prune", ["cairn runs prune --keep 1 --dry-run", "cairn runs prune --keep 1 --yes"]),
        ("cairn connectors", ["cairn connectors"]),
        ("cairn connectors show", ["cairn connectors show delimited", "cairn connectors show archive"]),
        ("cairn config", ["cairn config --origin"]),
        ("cairn doctor", ["cairn doctor"]),
        ("cairn help", ["cairn help", "cairn help run", "cairn help exit-codes"]),
        ("cairn completions", ["cairn completions bash"]),
        ("cairn version", ["cairn version", "cairn --version"]),
        ("cairn", ["cairn", "cairn --project made"]),
    ];

    private static readonly Lazy<Task<List<(string Heading, IReadOnlyList<JsonElement> Answers)>>> Asked = new(Ask);

    [Fact]
    public async Task Every_member_of_every_answer_is_on_the_page()
    {
        string page = await File.ReadAllTextAsync(Repository.File(Page), TestContext.Current.CancellationToken);
        string now = page;
        var shapes = new Dictionary<string, JsonShape>();
        foreach (string heading in new[] { Version, Run, Report }.Concat(Answers.Select(a => a.Heading)).Distinct())
        {
            shapes[heading] = new JsonShape(Free, Kinds.GetValueOrDefault(heading)?.Where(k => k.Value != heading).ToDictionary(k => k.Key, k => shapes[k.Value]));
        }

        foreach ((string heading, IReadOnlyList<JsonElement> answers) in await Asked.Value)
        {
            foreach (JsonElement answer in answers)
            {
                shapes[heading].Add(answer);

                // Flows that a flow runs first are described as the flow itself is.
                foreach (JsonElement before in answer.TryGetProperty("before", out JsonElement flows) ? flows.EnumerateArray() : default)
                {
                    shapes[heading].Add(before);
                }
            }
        }

        foreach ((string heading, JsonShape shape) in shapes)
        {
            now = WithTable(now, heading, shape);
        }

        if (Environment.GetEnvironmentVariable("CAIRN_UPDATE_REFERENCES") == "1")
        {
            await File.WriteAllTextAsync(Repository.File(Page), now, TestContext.Current.CancellationToken);
        }
        else
        {
            Assert.Equal(page, now);
        }

        string[] silent = [.. now.Split('\n').Where(line => Unexplained().IsMatch(line))];
        Assert.True(silent.Length == 0, $"{Page} does not say what these are:\n{string.Join('\n', silent)}");
    }

    [Fact]
    public async Task Each_answer_is_one_object_with_ok_and_problems()
    {
        foreach ((string heading, IReadOnlyList<JsonElement> answers) in await Asked.Value)
        {
            Assert.All(answers, answer =>
            {
                Assert.True(answer.TryGetProperty("ok", out JsonElement ok) && ok.ValueKind is JsonValueKind.True or JsonValueKind.False, heading);
                Assert.True(answer.TryGetProperty("problems", out JsonElement problems) && problems.ValueKind == JsonValueKind.Array, heading);
            });
        }
    }

    private static async Task<List<(string Heading, IReadOnlyList<JsonElement> Answers)>> Ask()
    {
        using var session = new Session();
        foreach ((string name, string text) in Files)
        {
            session.Write(name, text);
        }

        var all = new List<(string, IReadOnlyList<JsonElement>)>();
        foreach ((string heading, string[] lines) in Answers)
        {
            var answers = new List<JsonElement>();
            foreach (string line in lines)
            {
                if (line.StartsWith("! ", StringComparison.Ordinal))
                {
                    // Only done, its answer is none of those described.
                    await session.Type($"({line[2..]}) >/dev/null 2>&1", TestContext.Current.CancellationToken);
                    continue;
                }

                IReadOnlyList<string> printed = await session.Type($"{line} --json 2>errors", TestContext.Current.CancellationToken);
                using var json = JsonDocument.Parse(string.Join('\n', printed));
                answers.Add(json.RootElement.Clone());
            }

            all.Add((heading, answers));
        }

        return all;
    }

    // Members that every answer has are described once, at the top of the page.
    private static string WithTable(string page, string heading, JsonShape shape)
    {
        int start = page.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"{Page} has no heading \"{heading}\"");
        int end = page.IndexOf("\n## ", start + 4, StringComparison.Ordinal);
        string section = end < 0 ? page[start..] : page[start..end];
        Match old = Table().Match(section);
        var meanings = new Dictionary<string, string>();
        foreach (Match row in Row().Matches(old.Value))
        {
            meanings[row.Groups[1].Value] = row.Groups[2].Value;
        }

        string table = "| member | type | |\n| --- | --- | --- |\n" + string.Concat(
            from member in shape.Members
            where !Everywhere().IsMatch(member.Path)
            select $"| `{member.Path}` | {member.Types}{(member.Always ? "" : ", not always")} | {meanings.GetValueOrDefault(member.Path, "")} |\n");
        string renewed = old.Success ? section.Replace(old.Value, table, StringComparison.Ordinal) : section.TrimEnd('\n') + "\n\n" + table;
        return page.Replace(section, renewed, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^(?:ok|problems\b.*|findings\[\]\..*|before\[\]\..*)$")]
    private static partial Regex Everywhere();

    [GeneratedRegex(@"\| member \| type \| \|\n(?:\|.*\n?)*")]
    private static partial Regex Table();

    [GeneratedRegex(@"^\| `([^`]+)` \| [^|]* \| (.*?) ?\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| `[^`]+` \| [^|]* \|\s*\|$")]
    private static partial Regex Unexplained();
}
