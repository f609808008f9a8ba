using Cairn.Core.Settings;

namespace Cairn.Core.Flows;

/// <summary>
/// Turns the settings tree of a flow file into a <see cref="Flow"/>: shape checked, parameters filled in, tables bound to each other,
/// expressions parsed. All problems come at once, each with its place; nothing is opened but the file of expected figures.
/// </summary>
public static class FlowReader
{
    public static FlowReading Read(SettingReading file, FlowRequest request)
    {
        var problems = new List<Problem>(file.Problems);
        if (file.Root is not MapSetting tree)
        {
            if (file.Root is not null)
            {
                problems.Add(new Problem("flow/wrong-type", ProblemKind.Usage, "a flow file is a mapping with the keys `flow`, `read`, `shape` and `write`", file.Root.Place,
                    "cairn help flow-files"));
            }

            return new FlowReading(null, problems);
        }

        IReadOnlyList<Parameter> parameters = ParameterReader.Read(tree, request, problems);
        tree = Filled(tree, parameters, problems);
        problems.AddRange(SettingCheck.Check(tree, FlowShape.Of(request.Sources, request.Destinations), request.File));

        var tables = new FlowTables(tree, problems);
        var scope = new FlowScope(parameters, tables, problems);
        NameAt name = tree.Name("flow") ?? new NameAt("", tree.Place);
        FlowNames.CheckFlow(name, problems);
        var flow = new Flow(name.Name, name.Place)
        {
            About = tree.Name("about")?.Name,
            Parameters = parameters,
            Reads = [.. tree.Entries("read").Select(e => ReadReader.Read(e, request.Sources, scope)).OfType<Read>()],
            Steps = [.. tree.Entries("shape").Select(e => StepReader.Read(e, scope)).OfType<Step>()],
            Writes = [.. tree.Entries("write").Select(e => WriteReader.Read(e, request.Destinations, scope)).OfType<Write>()],
            Figures = FigureReader.Read(tree, scope),
            Keep = KeepReader.Read(tree["keep"], problems),
            Flows = [.. (tree.Names("flows") ?? []).Select(f => Path.GetFullPath(f.Name, request.Folder))],
            Folder = request.Folder,
            Text = file.Text,
        };
        flow = flow with { Expected = FigureReader.Expected(tree, flow.Figures, request, problems) };
        tables.CheckUse(flow);
        if (flow.Reads.Count == 0 && flow.Flows.Count == 0 && tree.Entries("read").Count == 0)
        {
            problems.Add(new Problem("flow/reads-nothing", ProblemKind.Usage, "this flow reads no table and runs no other flow", name.Place,
                "name a table and its source under `read:`"));
        }

        IReadOnlyList<Problem> all = InFileOrder(problems);
        return new FlowReading(all.All(p => p.Kind == ProblemKind.Finding) ? flow : null, all);
    }

    // Parameters stand in connectors' settings and in paths; expressions and SQL have their own, which are bound and never pasted.
    private static MapSetting Filled(MapSetting tree, IReadOnlyList<Parameter> parameters, List<Problem> problems) => tree with
    {
        Entries = [.. tree.Entries.Select(part => part.Key switch
        {
            "read" => EachTable(part, entry => entry.Key is "fields" or "refused" or "expect" or "warn" ? entry.Value : ParameterFill.Fill(entry.Value, parameters, problems)),
            "write" => EachTable(part, entry => ParameterFill.Fill(entry.Value, parameters, problems)),
            "expect" or "flows" => part with { Value = ParameterFill.Fill(part.Value, parameters, problems) },
            _ => part,
        })],
    };

    private static SettingEntry EachTable(SettingEntry part, Func<SettingEntry, Setting> fill) => part.Value is not MapSetting tables ? part : part with
    {
        Value = tables with
        {
            Entries = [.. tables.Entries.Select(t => t.Value is MapSetting map ? t with { Value = map with { Entries = [.. map.Entries.Select(e => e with { Value = fill(e) })] } } : t)],
        },
    };

    internal static IReadOnlyList<Problem> InFileOrder(IEnumerable<Problem> problems) =>
        [.. problems.OrderBy(p => (p.Place as FilePlace)?.Line ?? 0).ThenBy(p => (p.Place as FilePlace)?.Column ?? 0)];
}
