namespace Cairn.EndToEnd.Docs;

/// <summary>A fenced block of a document: what stands after the fence, its lines, and where.</summary>
/// <param name="Language">The first word after the fence, such as <c>console</c>.</param>
/// <param name="File">The second word: the name of the file that the block is; null for none.</param>
/// <param name="First">Index of its first line in the page; the fence itself stands before it.</param>
internal sealed record Block(string Language, string? File, int First, IReadOnlyList<string> Lines)
{
    public string Text => string.Concat(Lines.Select(l => l + "\n"));
}

/// <summary>A document with its fenced blocks, in order.</summary>
internal sealed class Page(string path)
{
    private readonly List<string> _lines = [.. System.IO.File.ReadAllLines(Repository.File(path))];

    /// <summary>From the repository's root.</summary>
    public string Path => path;

    public IReadOnlyList<Block> Blocks()
    {
        var blocks = new List<Block>();
        for (int i = 0; i < _lines.Count; i++)
        {
            if (!_lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                continue;
            }

            string[] words = _lines[i][3..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            int end = _lines.FindIndex(i + 1, l => l == "```");
            Assert.True(end > 0, $"{path}:{i + 1}: this block is not closed");
            blocks.Add(new Block(words.FirstOrDefault() ?? "", words.ElementAtOrDefault(1), i + 1, _lines[(i + 1)..end]));
            i = end;
        }

        return blocks;
    }

    /// <summary>The last line of text before a block, blank lines left out.</summary>
    public string Before(Block block) => _lines.Take(block.First - 1).LastOrDefault(l => l.Length > 0) ?? "";

    /// <summary>Puts other lines in the place of some and saves the page. Later blocks first, so that earlier ones stay where they are.</summary>
    public void Replace(IEnumerable<(Block Block, IReadOnlyList<string> Lines)> changes)
    {
        foreach ((Block block, IReadOnlyList<string> lines) in changes.OrderByDescending(c => c.Block.First))
        {
            _lines.RemoveRange(block.First, block.Lines.Count);
            _lines.InsertRange(block.First, lines);
        }

        System.IO.File.WriteAllText(Repository.File(path), string.Join('\n', _lines) + "\n");
    }
}
