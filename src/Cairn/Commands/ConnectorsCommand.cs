using System.CommandLine;
using System.Text.Json;
using Cairn.Core;
using Cairn.Core.Settings;
using Cairn.Terminal;

namespace Cairn.Commands;

/// <summary><c>cairn connectors</c> and <c>cairn connectors show delimited</c>: what a flow can read and write, from the connectors themselves.</summary>
internal static class ConnectorsCommand
{
    public static Command Create(Composition cairn)
    {
        var connectors = new Verb("connectors", "List what a flow can read from and write to", Chapter.Project)
        {
            Examples =
            [
                new Example("cairn connectors", "each connector in one sentence"),
                new Example("cairn connectors show delimited", "its settings, with defaults"),
            ],
        };
        var name = new Argument<string>("name") { Description = "A connector's name, as it stands in flow files" };
        name.CompletionSources.Add(_ => Connector.All().Select(c => new System.CommandLine.Completions.CompletionItem(c.Name)));
        var show = new Verb("show", "Show the settings of one connector", Chapter.Project)
        {
            Examples =
            [
                new Example("cairn connectors show delimited", "settings of delimited text"),
                new Example("cairn connectors show archive --json", "the same as data"),
            ],
        };
        show.Add(name);
        show.Does(parse => Show(parse.GetRequiredValue(name), cairn));
        connectors.Add(show);
        return connectors.Does(_ => List(cairn));
    }

    private static ExitCode List(Composition cairn)
    {
        IReadOnlyList<Connector> all = Connector.All();
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                json.WriteStartArray("connectors");
                foreach (Connector connector in all)
                {
                    json.WriteStartObject();
                    WriteHead(json, connector);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                ProblemJson.Write(json, []);
            });
            return ExitCode.Done;
        }

        var grid = new Grid("connector", "reads", "writes", "what it is");
        foreach (Connector connector in all)
        {
            grid.Add(connector.Name, connector.Source is null ? "-" : "yes", connector.Destination is null ? "-" : "yes", connector.About);
        }

        grid.Print(cairn.Screen.Out, cairn.Screen.OutInk, cairn.Screen.Width);
        return ExitCode.Done;
    }

    private static ExitCode Show(string name, Composition cairn)
    {
        IReadOnlyList<Connector> all = Connector.All();
        Connector connector = all.FirstOrDefault(c => c.Name == name) ?? throw Unknown(name, all);
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                WriteHead(json, connector);
                WriteShape(json, "read", connector.Source?.SourceShape);
                WriteShape(json, "write", connector.Destination?.DestinationShape);
                ProblemJson.Write(json, []);
            });
            return ExitCode.Done;
        }

        cairn.Screen.Out.WriteLine($"{cairn.Screen.OutInk.Strong(connector.Name)}: {connector.About}");
        PrintShape("Settings under read", connector.Source?.SourceShape, cairn.Screen);
        PrintShape("Settings under write ... to", connector.Destination?.DestinationShape, cairn.Screen);
        return ExitCode.Done;
    }

    private static ProblemException Unknown(string name, IReadOnlyList<Connector> all)
    {
        string? near = DidYouMean.Of(name, all.Select(c => c.Name));
        return new ProblemException(new Problem("usage/unknown-connector", ProblemKind.Usage, $"there is no connector `{name}`", Help: "cairn connectors")
        {
            Hint = near is null ? null : $"did you mean `{near}`?",
        });
    }

    private static void PrintShape(string title, ObjectShape? shape, Screen screen)
    {
        if (shape is null)
        {
            return;
        }

        screen.Out.WriteLine();
        screen.Out.WriteLine(screen.OutInk.Strong(title));
        var grid = new Grid("setting", "value", "default", "what it is");
        foreach (KeyShape key in shape.Keys)
        {
            grid.Add(key.Name, ShapeText.Of(key.Shape), key.Required ? "required" : key.Default ?? "", key.About);
        }

        grid.Print(screen.Out, screen.OutInk, screen.Width);
    }

    private static void WriteHead(Utf8JsonWriter json, Connector connector)
    {
        json.WriteString("name", connector.Name);
        json.WriteString("about", connector.About);
        json.WriteBoolean("reads", connector.Source is not null);
        json.WriteBoolean("writes", connector.Destination is not null);
    }

    private static void WriteShape(Utf8JsonWriter json, string name, ObjectShape? shape)
    {
        if (shape is null)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (KeyShape key in shape.Keys)
        {
            json.WriteStartObject();
            json.WriteString("name", key.Name);
            json.WriteString("value", ShapeText.Of(key.Shape));
            json.WriteBoolean("required", key.Required);
            json.WriteString("default", key.Default);
            json.WriteString("about", key.About);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
