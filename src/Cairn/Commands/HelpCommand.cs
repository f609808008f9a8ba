using System.CommandLine;
using Cairn.Core;
using Cairn.Terminal;

namespace Cairn.Commands;

/// <summary><c>cairn help</c>, <c>cairn help run</c>, <c>cairn help exit-codes</c>.</summary>
internal static class HelpCommand
{
    public static Command Create(Composition cairn)
    {
        var topic = new Argument<string[]>("topic")
        {
            Description = $"A command, or one of {string.Join(", ", Topics.Names)}",
            Arity = ArgumentArity.ZeroOrMore,
        };
        topic.CompletionSources.Add(_ => Topics.Names.Select(n => new System.CommandLine.Completions.CompletionItem(n)));
        var help = new Verb("help", "Explain a command or a topic", Chapter.Help)
        {
            Examples =
            [
                new Example("cairn help flow-files", "how a flow file is written"),
                new Example("cairn help glossary", "each word of Cairn and of the field in one sentence"),
            ],
        };
        help.Add(topic);
        return help.Does(parse => Show(parse.GetValue(topic) ?? [], parse.RootCommandResult.Command, cairn));
    }

    private static ExitCode Show(string[] words, Command root, Composition cairn)
    {
        if (words.Length == 1 && Topics.Find(words[0]) is { } topic)
        {
            return Topics.Print(topic, cairn);
        }

        Command command = root;
        foreach (string word in words)
        {
            command = command.Subcommands.FirstOrDefault(c => c.Name == word) ?? throw Unknown(word, command);
        }

        return HelpPrinter.Print(command, cairn);
    }

    private static ProblemException Unknown(string word, Command command)
    {
        IEnumerable<string> known = command.Subcommands.Select(c => c.Name);
        known = command is RootCommand ? known.Concat(Topics.Names) : known;
        string? near = DidYouMean.Of(word, known);
        return new ProblemException(new Problem("usage/unknown-topic", ProblemKind.Usage, $"there is no help on `{word}`", Help: "cairn help")
        {
            Hint = near is null ? null : $"did you mean `{near}`?",
        });
    }
}
