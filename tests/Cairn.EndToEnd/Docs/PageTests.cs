using System.Text;

namespace Cairn.EndToEnd.Docs;

/// <summary>
/// What is shown is executed. A page is a session: its named blocks (<c>```yaml plants.flow.yaml</c>) are written as files, its commands
/// (<c>```console</c>, lines that begin with <c>$ </c>) are typed, from top to bottom, and what they print is compared with what the page
/// shows. With CAIRN_UPDATE_REFERENCES=1 the page is given what they print.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PageTests
{
    private static readonly bool Updates = Environment.GetEnvironmentVariable("CAIRN_UPDATE_REFERENCES") == "1";

    public static TheoryData<string> Pages => [.. new[] { "README.md" }.Concat(
        Directory.EnumerateFiles(Repository.File("docs/guide"), "*.md").Select(f => "docs/guide/" + Path.GetFileName(f)).Order(StringComparer.Ordinal))];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Commands_print_what_the_page_shows(string path)
    {
        var page = new Page(path);
        using var session = new Session();
        var differences = new StringBuilder();
        var changes = new List<(Block, IReadOnlyList<string>)>();
        foreach (Block block in page.Blocks())
        {
            if (block.File is { } file)
            {
                Assert.True(page.Before(block).Contains($"`{file}`", StringComparison.Ordinal), $"{path}:{block.First}: the line before this block does not say that it is `{file}`");
                session.Write(file, block.Text);
            }
            else if (block.Language == "console")
            {
                changes.Add((block, await Typed(page, block, session, differences)));
            }
        }

        if (Updates && differences.Length > 0)
        {
            page.Replace(changes);
            return;
        }

        Assert.True(differences.Length == 0, $"{differences}\nWhen what is printed is right: CAIRN_UPDATE_REFERENCES=1 ./test PageTests");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Flow_files_on_the_page_are_right(string path)
    {
        using var session = new Session();
        IReadOnlyList<Block> blocks = new Page(path).Blocks();
        foreach (Block block in blocks.Where(b => b.File is not null))
        {
            session.Write(block.File!, block.Text);
        }

        // A later block of one name is the corrected one.
        foreach (string flow in blocks.Select(b => b.File).OfType<string>().Where(f => f.EndsWith(".flow.yaml", StringComparison.Ordinal)).Distinct())
        {
            IReadOnlyList<string> said = await session.Type($"cairn check {flow} --quiet", TestContext.Current.CancellationToken);
            Assert.True(said.Count == 0, $"{path}, {flow}:\n{string.Join('\n', said)}");
        }
    }

    /// <summary>A part of a flow file that a page shows stands in a whole one: on the page itself, or in the example.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void Parts_of_flow_files_stand_in_whole_ones(string path)
    {
        IReadOnlyList<Block> blocks = new Page(path).Blocks();
        string example = File.ReadAllText(Repository.File("examples/herbarium-sheets/herbarium-sheets.flow.yaml"));
        string[] wholes = [.. blocks.Where(b => b.File is not null).Select(b => b.Text).Append(example).Select(Flat)];
        foreach (Block part in blocks.Where(b => b is { Language: "yaml", File: null }))
        {
            Assert.True(wholes.Any(w => w.Contains(Flat(part.Text), StringComparison.Ordinal)), $"{path}:{part.First}: these lines are in no flow file of the page, nor in the example");
        }
    }

    private static async Task<IReadOnlyList<string>> Typed(Page page, Block block, Session session, StringBuilder differences)
    {
        var now = new List<string>();
        for (int i = 0; i < block.Lines.Count;)
        {
            int first = i;
            Assert.True(block.Lines[i].StartsWith("$ ", StringComparison.Ordinal), $"{page.Path}:{block.First + i + 1}: a console block begins with \"$ \" and a command");
            string command = block.Lines[i++][2..];
            while (command.EndsWith('\\'))
            {
                command = command[..^1] + block.Lines[i++].TrimStart('>', ' ');
            }

            int shown = i;
            while (i < block.Lines.Count && !block.Lines[i].StartsWith("$ ", StringComparison.Ordinal))
            {
                i++;
            }

            string[] typed = [.. block.Lines.Skip(first).Take(shown - first)];
            string[] before = [.. block.Lines.Skip(shown).Take(i - shown)];
            IReadOnlyList<string> printed = await session.Type(command, TestContext.Current.CancellationToken);
            bool same = Seen.Same(before, printed);
            now.AddRange([.. typed, .. same ? before : Seen.Renewed(before, printed)]);
            if (!same)
            {
                differences.Append($"\n{page.Path}:{block.First + first + 1}: $ {command}\n--- the page shows\n{string.Join('\n', before)}\n--- it prints\n{string.Join('\n', printed)}\n");
            }
        }

        return now;
    }

    private static string Flat(string text) => string.Concat(text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0).Select(l => l + "\n"));
}
