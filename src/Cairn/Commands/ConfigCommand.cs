using System.CommandLine;
using Cairn.Configuration;
using Cairn.Terminal;

namespace Cairn.Commands;

/// <summary><c>cairn config --origin</c>: every setting in force, and the place that says so.</summary>
internal static class ConfigCommand
{
    public static Command Create(Composition cairn)
    {
        var origin = new Option<bool>("--origin") { Description = "Also say where each value comes from, and where was looked" };
        var config = new Verb("config", "Show the settings in force", Chapter.Project)
        {
            More = $"An option beats the environment, the environment cairn.local.yaml, that cairn.yaml, that your own file, that the built-in value. Settings: {string.Join(", ", KnownSetting.All.Select(s => s.Name))}.",
            Examples =
            [
                new Example("cairn config --origin", "each setting with the file and line, or variable, it comes from"),
                new Example("CAIRN_MEMORY=2GB cairn config", "what would be in force"),
            ],
        };
        config.Options.Add(origin);
        return config.Does(parse => Show(parse.GetValue(origin), cairn));
    }

    private static ExitCode Show(bool origin, Composition cairn)
    {
        SettingsInForce settings = cairn.Settings;
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                json.WriteString("folder", cairn.Project.Folder);
                json.WriteStartObject("settings");
                foreach (SettingValue value in settings.All)
                {
                    json.WriteStartObject(value.Name);
                    json.WriteString("value", value.Text);
                    json.WriteString("origin", value.Origin);
                    json.WriteEndObject();
                }

                json.WriteEndObject();
                json.WriteStartArray("looked_in");
                foreach (SettingLayer layer in settings.Layers)
                {
                    json.WriteStartObject();
                    json.WriteString("place", layer.Name);
                    json.WriteBoolean("there", layer.IsThere);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                ProblemJson.Write(json, []);
            });
            return ExitCode.Done;
        }

        Print(settings, origin || cairn.Asked.Verbose, cairn);
        return ExitCode.Done;
    }

    private static void Print(SettingsInForce settings, bool origin, Composition cairn)
    {
        Grid grid = origin ? new Grid("setting", "value", "from") { Paths = [1] } : new Grid("setting", "value");
        foreach (SettingValue value in settings.All)
        {
            string text = value.Text.Length == 0 ? "-" : Path.IsPathRooted(value.Text) ? cairn.Shown(value.Text) : value.Text;
            grid.Add(origin ? [value.Name, text, value.Origin] : [value.Name, text]);
        }

        grid.Print(cairn.Screen.Out, cairn.Screen.OutInk, cairn.Screen.Width);
        if (!origin)
        {
            return;
        }

        cairn.Screen.Out.WriteLine();
        cairn.Screen.Out.WriteLine("looked in, the first that says it decides:");
        foreach (SettingLayer layer in settings.Layers)
        {
            cairn.Screen.Out.WriteLine($"  {Printable.Of(layer.Name)}{(layer.IsThere ? "" : "   (not there)")}");
        }
    }
}
