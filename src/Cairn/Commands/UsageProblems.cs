using System.CommandLine;
using System.CommandLine.Parsing;
using Cairn.Core;

namespace Cairn.Commands;

/// <summary>What is wrong with a command line, in Cairn's words instead of the parser's, with the nearest thing that exists.</summary>
internal static class UsageProblems
{
    public static IReadOnlyList<Problem> Of(ParseResult parse)
    {
        Command command = parse.CommandResult.Command;
        var problems = new List<Problem>();
        foreach (string token in parse.UnmatchedTokens)
        {
            problems.Add(Unmatched(token, command));
            if (problems[^1].Code == "usage/unknown-command")
            {
                // What follows belongs to a command nobody knows.
                return problems;
            }
        }

        foreach (ParseError error in parse.Errors)
        {
            Problem? problem = error.SymbolResult switch
            {
                OptionResult option => OfOption(option, error.Message, command),
                ArgumentResult { Parent: OptionResult option } => OfOption(option, error.Message, command),
                ArgumentResult argument => OfArgument(argument, error.Message, command),
                CommandResult when problems.Count == 0 => MissingCommand(command),
                _ => null,
            };
            if (problem is not null && !problems.Any(p => p.Message == problem.Message))
            {
                problems.Add(problem);
            }
        }

        return problems.Count > 0 ? problems : [new Problem("usage/not-understood", ProblemKind.Usage, "this command line is not understood", Help: HelpOf(command))];
    }

    private static Problem Unmatched(string token, Command command)
    {
        if (token.StartsWith('-') && token.Length > 1)
        {
            string name = token.Split('=', ':')[0];
            string? near = DidYouMean.Of(name, OptionsOf(command).SelectMany(o => o.Aliases.Prepend(o.Name)));
            return new Problem("usage/unknown-option", ProblemKind.Usage, $"{PathOf(command)} has no option `{name}`", Help: HelpOf(command)) { Hint = Hint(near) };
        }

        if (command.Subcommands.Count > 0)
        {
            string? near = DidYouMean.Of(token, command.Subcommands.Select(c => c.Name));
            return new Problem("usage/unknown-command", ProblemKind.Usage, $"{PathOf(command)} has no command `{token}`", Help: HelpOf(command)) { Hint = Hint(near) };
        }

        return new Problem("usage/too-many", ProblemKind.Usage, $"{PathOf(command)} does not know what to do with `{token}`", Help: HelpOf(command));
    }

    private static Problem OfOption(OptionResult result, string message, Command command)
    {
        string name = result.Option.Name;
        if (result.Tokens.Count == 0)
        {
            return result.Implicit
                ? new Problem("usage/missing-option", ProblemKind.Usage, $"{PathOf(command)} needs {name}", Help: HelpOf(command))
                : new Problem("usage/missing-value", ProblemKind.Usage, $"{name} needs a value{Example(result.Option.HelpName)}", Help: HelpOf(command));
        }

        return IsNumber(result.Option.ValueType) && !result.Tokens.All(t => long.TryParse(t.Value, out _))
            ? new Problem("usage/not-a-number", ProblemKind.Usage, $"{name} takes a whole number, and `{result.Tokens[0].Value}` is not one", Help: HelpOf(command))
            : result.Tokens.Count > 1 && result.Option.Arity.MaximumNumberOfValues == 1
                ? new Problem("usage/given-twice", ProblemKind.Usage, $"{name} is given {result.Tokens.Count} times and takes one value", Help: HelpOf(command))
                : new Problem("usage/bad-value", ProblemKind.Usage, message, Help: HelpOf(command));
    }

    private static Problem OfArgument(ArgumentResult result, string message, Command command) =>
        result.Tokens.Count == 0
            ? new Problem("usage/missing-argument", ProblemKind.Usage, $"{PathOf(command)} needs <{result.Argument.Name}>: {LowerFirst(result.Argument.Description)}", Help: HelpOf(command))
            : IsNumber(result.Argument.ValueType) && !result.Tokens.All(t => long.TryParse(t.Value, out _))
                ? new Problem("usage/not-a-number", ProblemKind.Usage, $"<{result.Argument.Name}> is a whole number, and `{result.Tokens[0].Value}` is not one", Help: HelpOf(command))
                : new Problem("usage/bad-value", ProblemKind.Usage, message, Help: HelpOf(command));

    private static Problem MissingCommand(Command command) =>
        new("usage/missing-command", ProblemKind.Usage, $"{PathOf(command)} needs one of its commands: {string.Join(", ", command.Subcommands.Select(c => c.Name))}", Help: HelpOf(command));

    /// <summary>The options a command takes: its own and the global ones.</summary>
    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(OptionsOf));

    /// <summary>The whole name, such as "cairn runs show".</summary>
    public static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : "cairn";

    private static string HelpOf(Command command) => $"{PathOf(command)} --help";

    private static string? Hint(string? near) => near is null ? null : $"did you mean `{near}`?";

    private static string Example(string? helpName) => helpName is null ? "" : $": {helpName}";

    private static bool IsNumber(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is { } t && (t == typeof(int) || t == typeof(long));

    private static string LowerFirst(string? text) => string.IsNullOrEmpty(text) ? "" : char.ToLowerInvariant(text[0]) + text[1..];
}
