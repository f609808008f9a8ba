using System.CommandLine;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Peeking;
using Cairn.Terminal;

namespace Cairn.Commands;

/// <summary><c>cairn peek data.csv</c>: rows as they arrive, from a file nobody has described yet, or from a table of a flow. Writes nothing.</summary>
internal static class PeekCommand
{
    public static Command Create(Composition cairn)
    {
        var source = new Argument<string>("source") { Description = "A file or folder, connector:path, archive#table, or flow#table" };
        var limit = new Option<int?>("--limit") { Description = "How many rows to show (20, or 3 of a wide table)", HelpName = "rows" };
        var sample = new Option<int?>("--sample") { Description = "Show a fair sample of so many rows instead of the first", HelpName = "rows" };
        var seed = new Option<long>("--seed") { Description = "The same seed takes the same sample (1)", HelpName = "number", DefaultValueFactory = _ => 1 };
        var profile = new Option<bool>("--profile") { Description = "Read all rows: what each column looks like, blanks, distinct and commonest values, lengths" };
        limit.Validators.Add(r => Positive(r.Tokens.Count == 0 ? null : r.Tokens[0].Value, "--limit", r.AddError));
        sample.Validators.Add(r => Positive(r.Tokens.Count == 0 ? null : r.Tokens[0].Value, "--sample", r.AddError));
        var peek = new Verb("peek", "Show the first rows of a source, its columns, or what they hold", Chapter.Flows)
        {
            More = "What is not said is guessed from the file's name and first bytes, and the guess is printed as it would stand in a flow. Values are shown as they arrive: leading zeros are kept.",
            Examples =
            [
                new Example("cairn peek data/media.tsv.gz", "the first rows"),
                new Example("cairn peek archive.zip#VernacularName", "an extension of a Darwin Core archive; without #, its core and the names of its tables"),
                new Example("cairn peek data/media.tsv.gz --profile", "each column: types seen, blanks, distinct and commonest values, lengths"),
            ],
        };
        peek.Add(source);
        peek.Options.Add(limit);
        peek.Options.Add(sample);
        peek.Options.Add(seed);
        peek.Options.Add(profile);
        return peek.Does(parse => Look(
            parse.GetRequiredValue(source),
            new PeekWish(parse.GetValue(limit), parse.GetValue(sample), (ulong)parse.GetValue(seed), parse.GetValue(profile)),
            cairn));
    }

    private static ExitCode Look(string named, PeekWish wish, Composition cairn)
    {
        if (FlowTable.Of(named, cairn) is { } table)
        {
            return table.Read is { } read ? LookAt(read, table.Flow, wish, cairn) : Make(table, wish, cairn);
        }

        SourceGuess guess = SourceGuess.Of(named, cairn.CurrentFolder, [.. Connector.All().Where(c => c.Source is not null).Select(c => c.Name)]);
        Connector connector = Connector.All().FirstOrDefault(c => c.Name == guess.Connector && c.Source is not null)
            ?? throw new ProblemException(new Problem("peek/no-connector", ProblemKind.Usage, $"this cairn has no connector `{guess.Connector}` to read {named}", Help: "cairn connectors"));
        var request = new SourceRequest(Path.GetFileName(named.TrimEnd('/')), guess.AsSettings(), cairn.CurrentFolder, cairn.Cache, "", null, new FilePlace(named));
        return LookAt(connector.Source!, request, guess.Text(cairn.Shown), wish, cairn);
    }

    private static ExitCode LookAt(Read read, Flow flow, PeekWish wish, Composition cairn) => LookAt(
        Connector.All().First(c => c.Name == read.Connector).Source!,
        new SourceRequest(read.Name, read.Settings, flow.Folder, cairn.Cache, "", null, read.Place),
        $"{flow.Name}#{read.Name}, read by {read.Connector}", wish, cairn);

    private static ExitCode LookAt(ISourceConnector connector, SourceRequest request, string title, PeekWish wish, Composition cairn)
    {
        using var work = new TemporaryFolder();
        using ISource source = connector.OpenSource(request with { Work = work.Path });
        Show(Read(source, wish, cairn), title, wish, cairn);
        return ExitCode.Done;
    }

    private static ExitCode Make(FlowTable table, PeekWish wish, Composition cairn)
    {
        using var folder = new TemporaryFolder();
        Seen seen;
        using (ProgressPrinter? progress = cairn.Progress())
        {
            seen = table.Make(wish, folder.Path, progress, cairn);
        }

        Show(seen, $"{table.Flow.Name}#{table.Table}", wish, cairn);
        return ExitCode.Done;
    }

    private static Seen Read(ISource source, PeekWish wish, Composition cairn)
    {
        using ProgressPrinter? progress = wish.ReadsAll ? cairn.Progress() : null;
        progress?.Stage("read");
        return new Peek(source, wish, progress, cairn.Stop).Look();
    }

    private static void Show(Seen seen, string title, PeekWish wish, Composition cairn)
    {
        IReadOnlyList<Problem> problems = SeenPrinter.Problems(seen);
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                json.WriteString("source", title);
                SeenPrinter.Write(json, seen);
                ProblemJson.Write(json, problems);
            });
            return;
        }

        new SeenPrinter(cairn.Screen).Print(seen, title, wish);
        cairn.Screen.Out.Flush();
        ProblemPrinter.Print(problems, cairn.Screen.Error, cairn.Screen.ErrorInk, cairn.Asked.Short, cairn.Screen.Width);
    }

    private static void Positive(string? text, string name, Action<string> complain)
    {
        if (int.TryParse(text, out int number) && number < 1)
        {
            complain($"{name} takes a number from 1 up, and `{text}` is not one");
        }
    }
}
