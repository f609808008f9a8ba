using System.CommandLine;
using Cairn.Commands;

namespace Cairn.Terminal;

/// <summary>Help for the whole program, by task, and for one command, with examples. The reference in docs is made of the same text.</summary>
internal static class HelpPrinter
{
    private const int Column = 34;

    public static ExitCode Print(Command command, Composition cairn)
    {
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json => HelpJson.Write(json, command, cairn));
        }
        else
        {
            cairn.Screen.Out.Write(Text(command, cairn.Globals, cairn.Screen.OutInk, Math.Min(cairn.Screen.Width, 100)));
        }

        return ExitCode.Done;
    }

    public static string Text(Command command, GlobalOptions globals, Ink ink, int width)
    {
        using var text = new StringWriter { NewLine = "\n" };
        if (command is RootCommand)
        {
            Root(command, globals, text, ink, width);
        }
        else
        {
            One(command, globals, text, ink, width);
        }

        return text.ToString();
    }

    /// <summary>"cairn run &lt;flow&gt; [options]".</summary>
    public static string Usage(Command command, GlobalOptions globals)
    {
        string usage = UsageProblems.PathOf(command);
        if (command.Subcommands.Any(c => !c.Hidden))
        {
            usage += command.Action is null ? " <command>" : " [command]";
        }

        foreach (Argument argument in command.Arguments.Where(a => !a.Hidden))
        {
            string name = $"<{argument.Name}>" + (argument.Arity.MaximumNumberOfValues > 1 ? " ..." : "");
            usage += argument.Arity.MinimumNumberOfValues == 0 ? $" [{name}]" : $" {name}";
        }

        return Own(command, globals).Any() ? usage + " [options]" : usage;
    }

    /// <summary>The command's options without the global ones.</summary>
    public static IEnumerable<Option> Own(Command command, GlobalOptions globals) => command.Options.Where(o => !o.Hidden && !globals.All.Contains(o));

    public static string NameOf(Option option)
    {
        string names = string.Join(", ", option.Aliases.Append(option.Name).Distinct().OrderBy(n => n.Length));
        return option.HelpName is null ? names : $"{names} <{option.HelpName}>";
    }

    public static string Title(Chapter chapter) => chapter switch
    {
        Chapter.Flows => "Flows",
        Chapter.Runs => "Runs and where data came from",
        Chapter.Project => "The project and this machine",
        _ => "Help",
    };

    private static void Root(Command root, GlobalOptions globals, StringWriter text, Ink ink, int width)
    {
        text.WriteLine(root.Description);
        text.WriteLine();
        text.WriteLine($"{ink.Strong("Usage:")} cairn <command> [options]");
        foreach (IGrouping<Chapter, Verb> chapter in root.Subcommands.OfType<Verb>().Where(v => !v.Hidden).GroupBy(v => v.Chapter).OrderBy(g => g.Key))
        {
            text.WriteLine();
            text.WriteLine(ink.Strong(Title(chapter.Key)));
            foreach (Verb verb in chapter)
            {
                Row(text, verb.Name, verb.Description, 16, width);
            }
        }

        text.WriteLine();
        text.WriteLine(ink.Strong("Options, before or after the command"));
        foreach (Option option in globals.All)
        {
            Row(text, NameOf(option), option.Description, Column, width);
        }

        text.WriteLine();
        text.WriteLine(ink.Strong("Examples"));
        Examples(text, [
            new Example("cairn init herbarium --template herbarium-sheets", "a project that runs at once, with its own data"),
            new Example("cairn run herbarium", "shows what would be written, then asks")]);
        text.WriteLine();
        foreach (string line in Wrap($"More: cairn <command> --help, and cairn help {string.Join(" | ", Topics.Names)}", width))
        {
            text.WriteLine(line);
        }
    }

    private static void One(Command command, GlobalOptions globals, StringWriter text, Ink ink, int width)
    {
        text.WriteLine(command.Description);
        text.WriteLine();
        text.WriteLine($"{ink.Strong("Usage:")} {Usage(command, globals)}");
        var verb = command as Verb;
        if (verb?.More is not null)
        {
            text.WriteLine();
            foreach (string line in Wrap(verb.More, width))
            {
                text.WriteLine(line);
            }
        }

        Section(text, ink, "Commands", command.Subcommands.Where(c => !c.Hidden).Select(c => (c.Name + Placeholders(c), c.Description)), width);
        Section(text, ink, "Arguments", command.Arguments.Where(a => !a.Hidden).Select(a => ($"<{a.Name}>", a.Description)), width);
        Section(text, ink, "Options", Own(command, globals).Select(o => (NameOf(o), o.Description)), width);
        if (verb?.Examples.Count > 0)
        {
            text.WriteLine();
            text.WriteLine(ink.Strong("Examples"));
            Examples(text, verb.Examples);
        }

        text.WriteLine();
        text.WriteLine("Also the options every command takes: cairn --help");
    }

    private static string Placeholders(Command command) => string.Concat(command.Arguments.Select(a => $" <{a.Name}>"));

    private static void Section(StringWriter text, Ink ink, string title, IEnumerable<(string Name, string? About)> rows, int width)
    {
        bool first = true;
        foreach ((string name, string? about) in rows)
        {
            if (first)
            {
                text.WriteLine();
                text.WriteLine(ink.Strong(title));
                first = false;
            }

            Row(text, name, about, Column, width);
        }
    }

    private static void Examples(StringWriter text, IReadOnlyList<Example> examples)
    {
        foreach (Example example in examples)
        {
            text.WriteLine($"  {example.Line}");
            text.WriteLine($"      {example.About}");
        }
    }

    private static void Row(StringWriter text, string name, string? about, int column, int width)
    {
        string start = "  " + name.PadRight(column - 2);
        if (name.Length > column - 4)
        {
            text.WriteLine("  " + name);
            start = new string(' ', column);
        }

        foreach (string line in Wrap(about ?? "", width - column))
        {
            text.WriteLine((start + line).TrimEnd());
            start = new string(' ', column);
        }
    }

    public static IEnumerable<string> Wrap(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }
}
