namespace Cairn.Core.Provenance;

/// <summary>The whole journal, read: its entries, and where the chain does not hold.</summary>
public sealed record JournalChain(IReadOnlyList<JournalEntry> Entries, JournalHead Head, IReadOnlyList<Problem> Problems)
{
    /// <param name="file">What problems call the journal.</param>
    public static JournalChain Of(IReadOnlyList<string> lines, string file)
    {
        var entries = new List<JournalEntry>();
        var problems = new List<Problem>();
        JournalHead head = JournalHead.Start;
        for (int i = 0; i < lines.Count; i++)
        {
            if (JournalLine.Parse(lines[i]) is not { } entry)
            {
                problems.Add(Broken(file, i, "is not a line of a journal"));
            }
            else
            {
                if (entry.Previous != head.Sha256)
                {
                    problems.Add(Broken(file, i, head.Sequence == 0 ? "is not the first: lines before it were removed" : "does not follow the line before it: one of them was changed, or lines between them were removed"));
                }
                else if (entry.Sequence != head.Sequence + 1)
                {
                    problems.Add(Broken(file, i, $"has number {entry.Sequence} where {head.Sequence + 1} was due"));
                }

                entries.Add(entry);
            }

            head = new JournalHead(i + 1, JournalLine.HashOf(lines[i]));
        }

        return new JournalChain(entries, head, problems);
    }

    /// <summary>The last entry of a run; null when the journal does not name it.</summary>
    public JournalEntry? LastOf(string run) => Entries.LastOrDefault(e => e.Run == run);

    private static Problem Broken(string file, int index, string what) => new(
        "journal/broken", ProblemKind.Finding, $"line {index + 1} of the journal {what}", new FilePlace(file, index + 1), "compare with a copy of the journal; the runs themselves may be untouched");
}
