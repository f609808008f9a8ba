using System.CommandLine;
using System.Text.Json;
using Cairn.Commands;

namespace Cairn.Terminal;

/// <summary>Help as data: what wrappers and editors ask for with <c>--help --json</c>.</summary>
internal static class HelpJson
{
    public static void Write(Utf8JsonWriter json, Command command, Composition cairn)
    {
        json.WriteBoolean("ok", true);
        json.WriteString("command", UsageProblems.PathOf(command));
        json.WriteString("about", command.Description);
        json.WriteString("usage", HelpPrinter.Usage(command, cairn.Globals));
        json.WriteStartArray("commands");
        foreach (Command sub in command.Subcommands.Where(c => !c.Hidden))
        {
            Entry(json, sub.Name, sub.Description);
        }

        json.WriteEndArray();
        json.WriteStartArray("arguments");
        foreach (Argument argument in command.Arguments.Where(a => !a.Hidden))
        {
            Entry(json, argument.Name, argument.Description);
        }

        json.WriteEndArray();
        json.WriteStartArray("options");
        foreach (Option option in HelpPrinter.Own(command, cairn.Globals).Concat(cairn.Globals.All))
        {
            Entry(json, option.Name, option.Description);
        }

        json.WriteEndArray();
        json.WriteStartArray("problems");
        json.WriteEndArray();
    }

    private static void Entry(Utf8JsonWriter json, string name, string? about)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("about", about);
        json.WriteEndObject();
    }
}
