using Cairn.Adapters.Yaml;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Settings;
using Cairn.Terminal;

namespace Cairn.Tests.Flows;

/// <summary>Reads flow texts as the program does, with two connectors of known shape, and shows problems as the program prints them.</summary>
internal static class FlowTexts
{
    public const string Folder = "/flows";

    public static FlowReading Read(string text, params (string Name, string Value)[] set) => Read(text, null, set);

    public static FlowReading Read(string text, string? expectedFigures, params (string Name, string Value)[] set) => FlowReader.Read(
        YamlSettings.Read(text, "a.flow.yaml"),
        new FlowRequest("a.flow.yaml", Folder, "/here", [.. set.Select(s => KeyValuePair.Create(s.Name, s.Value))], [new KnownSource("delimited"), new KnownSource("archive")], [new KnownDestination()],
            path => expectedFigures is null ? null : YamlSettings.Read(expectedFigures, path)));

    /// <summary>The flow, which must have no problems at all.</summary>
    public static Flow Good(string text, params (string Name, string Value)[] set)
    {
        FlowReading reading = Read(text, set);
        Assert.Equal("", Shown(reading.Problems));
        return reading.Flow!;
    }

    public static string Shown(IReadOnlyList<Problem> problems)
    {
        var text = new StringWriter { NewLine = "\n" };
        ProblemPrinter.Print(problems, text, Ink.Plain, shortForm: false, width: 200);
        return text.ToString().TrimEnd('\n');
    }

    private sealed class KnownSource(string name) : ISourceConnector
    {
        public string Name => name;

        public string About => $"Reads {name} things.";

        public ObjectShape SourceShape => SettingShape.Object($"{(name[0] == 'a' ? "an" : "a")} {name} source",
            new KeyShape("path", SettingShape.Either(SettingShape.Text, SettingShape.ListOf(SettingShape.Text)), "The file.", Required: true),
            new KeyShape("delimiter", SettingShape.OneOf("tab", "comma"), "Between cells.", Default: "comma"),
            new KeyShape("quote", SettingShape.Text, "Around cells."),
            new KeyShape("list", SettingShape.Text, "Which members."));

        public ISource OpenSource(SourceRequest request) => throw new NotSupportedException();
    }

    private sealed class KnownDestination : IDestinationConnector
    {
        public string Name => "delimited";

        public string About => "Writes delimited text.";

        public ObjectShape DestinationShape => SettingShape.Object("a delimited destination",
            new KeyShape("path", SettingShape.Text, "The file.", Required: true),
            new KeyShape("quote", SettingShape.Text, "The quote character."),
            new KeyShape("also", SettingShape.Text, "Another table."));

        public IReadOnlyList<NameAt> Tables(string name, MapSetting settings) =>
            settings["also"] is ScalarSetting also ? [new NameAt(name, settings.Place), new NameAt(also.Text, also.Place)] : [new NameAt(name, settings.Place)];

        public IDestination OpenDestination(DestinationRequest request) => throw new NotSupportedException();
    }
}
