using Cairn.Adapters.Downloads;
using Cairn.Adapters.FlowFiles;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Flows.Scanning;
using Cairn.Running;

namespace Cairn.Peeking;

/// <summary><c>flow#table</c>: a table of a flow. One that is read is looked at in its source; one that is shaped is made first, and nothing is kept.</summary>
internal sealed record FlowTable(Flow Flow, string Table)
{
    /// <summary>Null when the text names no flow and table.</summary>
    public static FlowTable? Of(string named, Composition cairn)
    {
        int mark = named.LastIndexOf('#');
        if (mark <= 0 || Path.Exists(cairn.Absolute(named)) || SourceGuess.NamesTable(named, cairn.CurrentFolder))
        {
            return null;
        }

        FlowFile file = FlowFile.Read(named[..mark], cairn.CurrentFolder, cairn.Project.Folder, []);
        Flow flow = file.Flow ?? throw new ProblemException(file.Problems);
        string table = named[(mark + 1)..];
        string[] tables = [.. flow.Reads.Select(r => r.Name), .. flow.Steps.Select(s => s.Name)];
        return tables.Contains(table) ? new FlowTable(flow, table) : throw Unknown(flow, table, tables);
    }

    public Read? Read => Flow.Reads.FirstOrDefault(r => r.Name == Table);

    /// <summary>Makes the table as a run would, and looks at it in the workbench.</summary>
    /// <param name="folder">For working tables.</param>
    public Seen Make(PeekWish wish, string folder, IProgressWatch? progress, Composition cairn)
    {
        try
        {
            return Make(wish, folder, _ => true, progress, cairn);
        }
        catch (ScanTooLargeException)
        {
            // As in a run: what remembers more rows than memory allows is done on the workbench, which spills.
            return Make(wish, Path.Combine(folder, "again"), _ => false, progress, cairn);
        }
    }

    private Seen Make(PeekWish wish, string folder, Func<Step, bool> fuse, IProgressWatch? progress, Composition cairn)
    {
        var refused = new List<RefusedRow>();
        using var addresses = new Addresses();
        using var work = new FlowWork(Alone(), World.Of(cairn, progress, addresses), World.Options(cairn), folder, refused.Add);
        work.Open(cairn.Stop);
        work.Make(fuse, cairn.Stop);
        ITableRows rows = work.Bench.Rows(Table);
        return new Peek(new TableSource(rows), wish, null, cairn.Stop).Look() with
        {
            Read = rows.Count,
            All = true,
            Refused = [.. refused.Take(5)],
            RefusedRows = refused.Count,
        };
    }

    /// <summary>Only what the table is made of, without checks and figures: peek shows, it does not judge.</summary>
    private Flow Alone()
    {
        var needed = new HashSet<string>();
        void Need(string name)
        {
            if (needed.Add(name) && Flow.Steps.FirstOrDefault(s => s.Name == name) is { } step)
            {
                foreach (NameAt input in step.Head.Inputs)
                {
                    Need(input.Name);
                }
            }
        }

        Need(Table);
        return Flow with
        {
            Reads = [.. Flow.Reads.Where(r => needed.Contains(r.Name)).Select(r => r with { Checks = [] })],
            Steps = [.. Flow.Steps.Where(s => needed.Contains(s.Name)).Select(s => s with { Checks = [] })],
            Writes = [new Write(Table, [new NameAt(Table, Flow.Place)], "peek", new Core.Settings.MapSetting([], Flow.Place), Flow.Place)],
            Figures = [],
            Expected = null,
            Flows = [],
        };
    }

    private static ProblemException Unknown(Flow flow, string table, string[] tables)
    {
        string? near = DidYouMean.Of(table, tables);
        return new ProblemException(new Problem("peek/no-table", ProblemKind.Usage, $"{flow.Name} has no table `{table}`", Help: $"it has: {string.Join(", ", tables)}")
        {
            Hint = near is null ? null : $"did you mean `{near}`?",
        });
    }
}
