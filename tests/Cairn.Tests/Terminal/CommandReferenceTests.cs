using System.CommandLine;
using System.Text;
using Cairn.Commands;
using Cairn.Terminal;

namespace Cairn.Tests.Terminal;

public sealed class CommandReferenceTests
{
    [Fact]
    public void The_reference_of_commands_is_what_help_says()
    {
        using var line = new CommandLine();
        Composition cairn = line.Compose();
        RootCommand root = CommandTree.Create(cairn);
        var text = new StringBuilder();
        text.Append("# Commands\n\nWhat `cairn --help` and `cairn <command> --help` print. Generated from the program; a test compares it.\n");
        foreach (Command command in All(root))
        {
            string name = UsageProblems.PathOf(command);
            text.Append($"\n## {name}\n\n```\n{HelpPrinter.Text(command, cairn.Globals, Ink.Plain, 100)}```\n");
        }

        text.Append("\n# Topics\n");
        foreach (string topic in Topics.Names)
        {
            text.Append($"\n## cairn help {topic}\n\n```\n{Topics.Text(topic)}```\n");
        }

        References.Compare("docs/reference/commands.md", text.ToString());
    }

    [Fact]
    public void Every_command_has_a_sentence_and_two_examples_that_it_understands()
    {
        using var line = new CommandLine();
        Composition cairn = line.Compose();
        RootCommand root = CommandTree.Create(cairn);
        Assert.All(All(root).OfType<Verb>(), verb =>
        {
            Assert.False(string.IsNullOrEmpty(verb.Description), verb.Name);
            Assert.True(verb.Examples.Count >= 2, $"{verb.Name} has {verb.Examples.Count} examples");
            Assert.All(verb.Options.Concat<Symbol>(verb.Arguments), s => Assert.False(string.IsNullOrEmpty(s.Description), s.Name));
            foreach (Example example in verb.Examples)
            {
                foreach (string part in example.Line.Split(" && "))
                {
                    string words = part[part.IndexOf("cairn ", StringComparison.Ordinal)..].Split(" > ")[0];
                    Assert.Empty(root.Parse(words["cairn ".Length..], new ParserConfiguration { ResponseFileTokenReplacer = null }).Errors.Select(e => $"{words}: {e.Message}"));
                }
            }
        });
    }

    [Fact]
    public void Help_fits_a_hundred_columns_and_topics_too()
    {
        using var line = new CommandLine();
        Composition cairn = line.Compose();
        Assert.All(
            All(CommandTree.Create(cairn)).Select(c => HelpPrinter.Text(c, cairn.Globals, Ink.Plain, 100)).Concat(Topics.Names.Select(Topics.Text)).SelectMany(t => t.Split('\n')),
            shown => Assert.True(shown.Length <= 100, shown));
    }

    [Fact]
    public void Every_function_of_expressions_is_in_its_topic()
    {
        string topic = Topics.Text("expressions");
        Assert.All(Core.Expressions.FunctionTable.Names, name => Assert.Contains($"{name}(", topic, StringComparison.Ordinal));
    }

    private static IEnumerable<Command> All(Command command) => command.Subcommands.Where(c => !c.Hidden).SelectMany(All).Prepend(command);
}
