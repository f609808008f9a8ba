using System.CommandLine;
using System.CommandLine.Invocation;
using Cairn.Commands;
using Cairn.Terminal;

namespace Cairn;

/// <summary>The options every command takes, before or after its name.</summary>
internal sealed class GlobalOptions
{
    public Option<bool> Json { get; } = new("--json") { Description = "Give the result as one JSON object on standard output", Recursive = true };
    public Option<string> Format { get; } = Choice.Option("--format", "How problems are shown: full with the line and a hint, or one line each", "full", "short");
    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "No progress, no notes; results and problems only", Recursive = true };
    public Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "Say more: times of each stage, counts beside the balance", Recursive = true };
    public Option<bool> NoColor { get; } = new("--no-color") { Description = "No colours (also: NO_COLOR in the environment)", Recursive = true };
    public Option<string> Project { get; } = new("--project") { Description = "The project's folder; else the nearest one upward with cairn.yaml or .cairn", HelpName = "folder", Recursive = true };
    public Option<bool> Version { get; } = new("--version") { Description = "Print the version", Recursive = true };
    public Option<bool> Help { get; } = new("--help", "-h") { Description = "Print help for a command", Recursive = true };

    public IReadOnlyList<Option> All => [Json, Format, Quiet, Verbose, NoColor, Project, Version, Help];

    public void AddTo(Command root, Composition cairn)
    {
        Help.Action = new Answer(parse => HelpPrinter.Print(parse.CommandResult.Command, cairn));
        Version.Action = new Answer(_ => VersionCommand.Print(cairn));
        foreach (Option option in All)
        {
            root.Add(option);
        }
    }

    /// <summary>What was asked for, as far as it can be told of a line that may have errors.</summary>
    public Asked Read(ParseResult parse)
    {
        bool Has(Option<bool> option) => parse.GetResult(option) is { } r && !r.Errors.Any() && parse.GetValue(option);
        string? Text(Option<string> option) => parse.GetResult(option) is { } r && !r.Errors.Any() ? parse.GetValue(option) : null;
        return new Asked(Has(Json), Text(Format) == "short", Has(Quiet), Has(Verbose), Has(NoColor), Text(Project));
    }

    /// <summary>An option that answers by itself, whatever else stands on the line.</summary>
    private sealed class Answer(Func<ParseResult, ExitCode> act) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult) => (int)act(parseResult);
    }
}

/// <summary>The global options as typed.</summary>
internal sealed record Asked(bool Json = false, bool Short = false, bool Quiet = false, bool Verbose = false, bool NoColor = false, string? Project = null);
