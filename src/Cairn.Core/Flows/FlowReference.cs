using System.Globalization;
using System.Text;
using Cairn.Core.Settings;

namespace Cairn.Core.Flows;

/// <summary>The generated parts of docs/reference: keys of flow files, connectors, problem codes; each from the values the program itself works with.</summary>
public static class FlowReference
{
    /// <summary>The keys of a flow file.</summary>
    public static string Keys(IReadOnlyList<ISourceConnector> sources, IReadOnlyList<IDestinationConnector> destinations)
    {
        ObjectShape flow = FlowShape.Of(sources, destinations);
        ObjectShape read = FlowShape.Read([]), write = FlowShape.Write([]);
        return string.Join("\n",
            ShapeReference.Section("The file", 2, "", flow),
            ShapeReference.Section("A parameter", 2, "Under `parameters`, a mapping for each name.", FlowShape.Parameter),
            ShapeReference.Section("A table under read", 2, $"One connector ({Links(sources.Select(s => s.Name))}) with its settings, and any of these.", read),
            ShapeReference.Section("A table under shape", 2, "One head, then any changes. Changes are done in the order of their numbers, whatever order they are written in.", FlowShape.Step),
            InnerSections(FlowShape.Step),
            ShapeReference.Section("Checks", 2, "Under `expect` and `warn` of a table. Each key is a check; a key that is none of these is a condition.", FlowShape.Checks),
            InnerSections(FlowShape.Checks),
            ShapeReference.Section("A table under write", 2, $"Under `to` stands one connector ({Links(destinations.Select(s => s.Name))}) with its settings.", write),
            ShapeReference.Section("keep", 2, "", FlowShape.Keep),
            ShapeReference.Section("A figure", 2, "One of the forms from `rows` to `list`, of one table.", FlowShape.Figure),
            ShapeReference.Section("Expected figures", 2, "Under `expect` at the top of the file.", FlowShape.ExpectedFigures));
    }

    /// <summary>Every connector with its settings.</summary>
    public static string Connectors(IReadOnlyList<ISourceConnector> sources, IReadOnlyList<IDestinationConnector> destinations)
    {
        var page = new StringBuilder();
        foreach (string name in sources.Select(s => s.Name).Union(destinations.Select(d => d.Name)).Order(StringComparer.Ordinal))
        {
            ISourceConnector? source = sources.FirstOrDefault(s => s.Name == name);
            IDestinationConnector? destination = destinations.FirstOrDefault(d => d.Name == name);
            page.Append(CultureInfo.InvariantCulture, $"{(page.Length == 0 ? "" : "\n")}## {name}\n\n{source?.About ?? destination!.About}\n");
            if (source is not null)
            {
                page.Append('\n').Append(ShapeReference.Section("Under read", 3, "", source.SourceShape)).Append(Prefixed(InnerSections(source.SourceShape)));
            }

            if (destination is not null)
            {
                page.Append('\n').Append(ShapeReference.Section("Under write, in to", 3, "", destination.DestinationShape)).Append(Prefixed(InnerSections(destination.DestinationShape)));
            }
        }

        return page.ToString();
    }

    /// <summary>Every problem code, by area.</summary>
    public static string Errors()
    {
        var page = new StringBuilder();
        foreach (IGrouping<string, ProblemCode> area in ProblemCodes.All.GroupBy(c => c.Code[..c.Code.IndexOf('/', StringComparison.Ordinal)]).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"{(page.Length == 0 ? "" : "\n")}## {area.Key}\n");
            foreach (ProblemCode code in area.OrderBy(c => c.Code, StringComparer.Ordinal))
            {
                page.Append(CultureInfo.InvariantCulture, $"\n### {code.Code}\n\n{code.Meaning} {code.WhatToDo} (*{Word(code.Kind)}*)\n");
            }
        }

        return page.ToString();
    }

    private static string Word(ProblemKind kind) => kind switch
    {
        ProblemKind.Finding => "a finding: exit code 1",
        ProblemKind.Usage => "exit code 2",
        ProblemKind.Unreachable => "exit code 3",
        ProblemKind.Refused => "exit code 4",
        ProblemKind.Partial => "exit code 5",
        ProblemKind.Stopped => "exit code 130",
        _ => "exit code 70",
    };

    private static string Links(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"[{n}](connectors.md#{n})"));

    private static string Prefixed(string sections) => sections.Length == 0 ? "" : "\n" + sections;

    // Mappings that stand inside a key get a section of their own.
    private static string InnerSections(ObjectShape shape) => string.Join("\n", shape.Keys.SelectMany(k => Inner(k.Shape).Select(s => ShapeReference.Section(k.Name, 4, "", s))));

    private static IEnumerable<ObjectShape> Inner(SettingShape shape) => shape switch
    {
        ObjectShape known when !ReferenceEquals(known, FlowShape.Checks) => [known],
        ListShape list => Inner(list.Item),
        MapShape map => Inner(map.Value),
        EitherShape either => either.Shapes.SelectMany(Inner),
        _ => [],
    };
}
