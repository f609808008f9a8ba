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
    private static readonly HashSet<string> Free = ["figures", "figures.*", "figures.*[]", "rows[].cells", "profile[].types", "settings", "differences[].value", "differences[].expected"];

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
              missing: { of: once, list: [tag, height], where: "height is null" }
              first: { of: once, first: tag }
              least: { of: once, first: height, where: "height is null" }
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
        foreach ((string heading, IReadOnlyList<JsonElement> answers) in await Asked.Value)
        {
            var shape = new JsonShape(Free);
            foreach (JsonElement answer in answers)
            {
                shape.Add(answer);

                // Flows that a flow runs first are described as the flow itself is.
                foreach (JsonElement before in answer.TryGetProperty("before", out JsonElement flows) ? flows.EnumerateArray() : default)
                {
                    shape.Add(before);
                }
            }

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
