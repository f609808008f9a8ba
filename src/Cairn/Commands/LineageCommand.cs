using System.CommandLine;
using Cairn.Adapters.Stores;
using Cairn.Core.Provenance;
using Cairn.Runs;

namespace Cairn.Commands;

/// <summary><c>cairn lineage out/result.tsv</c>: which run made it of which files, what was made of it; and <c>#12</c>: which rows its row 12 came from.</summary>
internal static class LineageCommand
{
    public static Command Create(Composition cairn)
    {
        var what = new Argument<string>("what") { Description = "A file, a file's row as file#12, sha256:..., or a run's id" };
        var up = new Option<bool>("--up") { Description = "Only where it came from" };
        var down = new Option<bool>("--down") { Description = "Only what was made of it" };
        var depth = new Option<int>("--depth") { Description = "How many runs to follow each way (1)", HelpName = "runs", DefaultValueFactory = _ => 1 };
        var all = new Option<bool>("--all") { Description = "Every run, not only the latest of each flow" };
        var row = new Option<long?>("--row") { Description = "Follow one row of the file back to its source rows", HelpName = "number" };
        var show = new Option<bool>("--show") { Description = "With a row: also its source rows themselves, where the files are unchanged (reads them)" };
        var table = new Option<string>("--table") { Description = "Which table, where the file holds several", HelpName = "table" };
        Option<string> draw = Choice.Option("--draw", "How the graph is given: text, dot for Graphviz, mermaid for Markdown pages", "text", "dot", "mermaid");
        draw.Recursive = false;
        depth.Validators.Add(r => Positive(r.Tokens.Count == 0 ? null : r.Tokens[0].Value, "--depth", r.AddError));
        row.Validators.Add(r => Positive(r.Tokens.Count == 0 ? null : r.Tokens[0].Value, "--row", r.AddError));
        var lineage = new Verb("lineage", "Follow a file, a row or a run back to what it came from, and on to what was made of it", Chapter.Runs)
        {
            More = "Files are followed by their content, so that moving or copying one loses nothing.",
            Examples =
            [
                new Example("cairn lineage out/result.tsv", "the run that made it, and of what"),
                new Example("cairn lineage out/result.tsv#12", "the source rows of its row 12"),
            ],
        };
        lineage.Add(what);
        foreach (Option option in new Option[] { up, down, depth, all, row, table, show, draw })
        {
            lineage.Options.Add(option);
        }

        return lineage.Does(parse =>
        {
            using RunIndex index = cairn.Index();
            LineageStart start = LineageStart.Of(parse.GetRequiredValue(what), cairn.Absolute, index, new RunHistory(cairn.Store));
            if ((parse.GetValue(row) ?? start.Row) is { } number)
            {
                return Row(start, number, parse.GetValue(table), parse.GetValue(show), index, cairn);
            }

            bool upOnly = parse.GetValue(up), downOnly = parse.GetValue(down);
            int runs = parse.GetValue(depth);
            var reach = new LineageReach(downOnly && !upOnly ? 0 : runs, upOnly && !downOnly ? 0 : runs, parse.GetValue(all));
            LineageGraph graph = start.Run is { } run ? LineageGraph.OfRun(run, reach, index) : LineageGraph.OfData(start.Data!, reach, index);
            new LineagePrinter(cairn, graph).Print(parse.GetValue(draw) ?? "text", start.Notes);
            return start.Notes.Count == 0 ? ExitCode.Done : ExitCode.Found;
        });
    }

    private static ExitCode Row(LineageStart start, long row, string? table, bool show, RunIndex index, Composition cairn)
    {
        var reader = new RowLineageReader(cairn.Store);
        var history = new RunHistory(cairn.Store);
        RowLineage lineage = start.Data is { } data
            ? reader.Of(data, row, table, index)
            : reader.OfRun(history.Read(start.Run!.Run), row, table);
        IReadOnlyList<ShownRow> rows = show
            ? new SourceRowReader(history.Read(lineage.Run), cairn).Read(lineage.Sources)
            : [.. lineage.Sources.Select(s => new ShownRow(s, null, null))];
        RowLineagePrinter.Print(lineage, rows, start.Notes, cairn);
        return start.Notes.Count == 0 ? ExitCode.Done : ExitCode.Found;
    }

    private static void Positive(string? text, string name, Action<string> complain)
    {
        if (long.TryParse(text, out long number) && number < 1)
        {
            complain($"{name} takes a number from 1 up, and `{text}` is not one");
        }
    }
}
