using System.CommandLine;
using System.CommandLine.Completions;
using Cairn.Adapters.Stores;
using Cairn.Core.Provenance;
using Cairn.Runs;

namespace Cairn.Commands;

/// <summary><c>cairn runs</c>: what was run, how it ended, and what to do with it later.</summary>
internal static class RunsCommand
{
    public static Command Create(Composition cairn)
    {
        var runs = new Verb("runs", "List runs, show one, compare two, give one away, remove old ones", Chapter.Runs)
        {
            More = "A run is named by its id (or the beginning of it), as printed at its end and in the list.",
            Examples =
            [
                new Example("cairn runs", "the latest runs"),
                new Example("cairn runs show 7f3a", "how one ended, and everything on record of it"),
            ],
        };
        runs.Add(List(cairn));
        runs.Add(Show(cairn));
        runs.Add(Refused(cairn));
        runs.Add(Compare(cairn));
        runs.Add(Export(cairn));
        runs.Add(Prune(cairn));
        return runs.Does(_ => RunList.Print(new RunFilter(Limit: RunList.Few), cairn));
    }

    /// <summary>An argument that completes to the latest runs.</summary>
    public static Argument<string> Run(string name, string about, Composition cairn)
    {
        var run = new Argument<string>(name) { Description = about };
        run.CompletionSources.Add(_ =>
        {
            using var index = new RunIndex(cairn.Store);
            return index.List(new RunFilter(Limit: 30)).Select(r => new CompletionItem(r.Id, detail: $"{r.Name}, {RunWords.Time(r.Opened)}"));
        });
        return run;
    }

    private static Verb List(Composition cairn)
    {
        var flow = new Option<string>("--flow") { Description = "Only runs of this flow", HelpName = "name" };
        Option<string> state = Choice.Option("--state", "Only runs that are or ended so", RunWords.States);
        var since = new Option<string>("--since") { Description = "Only runs since then: 2026-11-21, or 7d for the last seven days", HelpName = "time" };
        var limit = new Option<int?>("--limit") { Description = $"How many at most ({RunList.Few}; 0 for all)", HelpName = "runs" };
        var list = new Verb("list", "List runs, the latest first", Chapter.Runs)
        {
            Examples =
            [
                new Example("cairn runs list --flow herbarium-sheets --since 30d", "a month of one flow"),
                new Example("cairn runs list --state failed --limit 0 --json", "every run that failed, as data"),
            ],
        };
        foreach (Option option in new Option[] { flow, state, since, limit })
        {
            list.Options.Add(option);
        }

        return list.Does(parse => RunList.Print(
            new RunFilter(
                parse.GetValue(flow),
                parse.GetValue(state) is { } word ? RunWords.StateOf(word) : null,
                Ago.Since(parse.GetValue(since), cairn.Clock.GetUtcNow()),
                parse.GetValue(limit) switch { null => RunList.Few, 0 => null, { } number => number }),
            cairn));
    }

    private static Verb Show(Composition cairn)
    {
        Argument<string> run = Run("run", "Its id", cairn);
        var warned = new Option<string>("--warned") { Description = "Show the rows of this table that missed a warning", HelpName = "table" };
        Option<int?> limit = RowLimit();
        var show = new Verb("show", "Show how a run ended and everything on record of it", Chapter.Runs)
        {
            Examples =
            [
                new Example("cairn runs show 7f3a", "balance, figures, checks, findings, files, who and where"),
                new Example("cairn runs show 7f3a --warned botany", "the rows that missed a warning"),
            ],
        };
        show.Add(run);
        show.Options.Add(warned);
        show.Options.Add(limit);
        return show.Does(parse => parse.GetValue(warned) is { } table
            ? KeptRows.Warned(Found(parse.GetRequiredValue(run), cairn), table, parse.GetValue(limit), cairn)
            : RunShow.Print(Found(parse.GetRequiredValue(run), cairn), cairn));
    }

    private static Verb Refused(Composition cairn)
    {
        Argument<string> run = Run("run", "Its id", cairn);
        Option<int?> limit = RowLimit();
        var refused = new Verb("refused", "Show the rows a run could not read, with file, line and reason", Chapter.Runs)
        {
            Examples =
            [
                new Example("cairn runs refused 7f3a", "the first of them"),
                new Example("cairn runs refused 7f3a --limit 1000 --json", "more of them, as data"),
            ],
        };
        refused.Add(run);
        refused.Options.Add(limit);
        return refused.Does(parse => KeptRows.Refused(Found(parse.GetRequiredValue(run), cairn), parse.GetValue(limit), cairn));
    }

    private static Verb Compare(Composition cairn)
    {
        Argument<string> a = Run("a", "The one run's id", cairn), b = Run("b", "The other's", cairn);
        var compare = new Verb("compare", "Say in what two runs differ: settings, flow, inputs, counts, figures, outputs", Chapter.Runs)
        {
            More = "Exit code 1 says that they differ in more than who ran them, when and where.",
            Examples =
            [
                new Example("cairn runs compare 7f3a 80b1", "what changed between them"),
                new Example("cairn runs compare 7f3a 80b1 --json", "the same as data"),
            ],
        };
        compare.Add(a);
        compare.Add(b);
        return compare.Does(parse => RunDifferences.Print(new RunHistory(cairn.Store).Compare(parse.GetRequiredValue(a), parse.GetRequiredValue(b)), cairn));
    }

    private static Verb Export(Composition cairn)
    {
        Argument<string> run = Run("run", "Its id", cairn);
        var to = new Option<string>("--out") { Description = "A file ending in .zip, or a new folder (the run's name with .zip)", HelpName = "path" };
        var data = new Option<bool>("--data") { Description = "Also its inputs and outputs, as far as they are in the archive" };
        var export = new Verb("export", "Copy a run into one zip file or folder, with a list of its hashes", Chapter.Runs)
        {
            More = "The same run always gives the same bytes. In the copy, sha256sum -c manifest-sha256.txt checks every file.",
            Examples =
            [
                new Example("cairn runs export 7f3a", "a zip file in the current folder"),
                new Example("cairn runs export 7f3a --out evidence --data", "a folder, with the data it kept"),
            ],
        };
        export.Add(run);
        export.Options.Add(to);
        export.Options.Add(data);
        return export.Does(parse => RunCopy.Write(Found(parse.GetRequiredValue(run), cairn), parse.GetValue(to), parse.GetValue(data), cairn));
    }

    private static Verb Prune(Composition cairn)
    {
        var keep = new Option<int?>("--keep") { Description = "The latest so many of each flow stay", HelpName = "runs" };
        var older = new Option<string>("--older-than") { Description = "Only runs older than this go: 90d, 12w, 2y", HelpName = "time" };
        var dry = new Option<bool>("--dry-run") { Description = "Only say what would go" };
        var yes = new Option<bool>("--yes", "-y") { Description = "Remove without asking" };
        keep.Validators.Add(r =>
        {
            if (r.Tokens.Count > 0 && int.TryParse(r.Tokens[0].Value, out int number) && number < 0)
            {
                r.AddError($"--keep takes a number from 0 up, and `{r.Tokens[0].Value}` is not one");
            }
        });
        var prune = new Verb("prune", "Remove old runs, and what the archive keeps for them alone", Chapter.Runs)
        {
            More = "With both rules a run goes only if both say so. The last good run of each flow always stays. The journal notes each run that is removed, so that cairn verify does not miss it.",
            Examples =
            [
                new Example("cairn runs prune --keep 20 --dry-run", "says what would go"),
                new Example("cairn runs prune --older-than 90d --yes", "removes without asking"),
            ],
        };
        foreach (Option option in new Option[] { keep, older, dry, yes })
        {
            prune.Options.Add(option);
        }

        return prune.Does(parse => RunRemoval.Do(new PruneRules(parse.GetValue(keep), Ago.Span(parse.GetValue(older), "--older-than")), parse.GetValue(dry), parse.GetValue(yes), cairn));
    }

    private static RunManifest Found(string asked, Composition cairn) => new RunHistory(cairn.Store).Find(asked);

    private static Option<int?> RowLimit() => new("--limit") { Description = "How many rows to show (20)", HelpName = "rows" };
}
