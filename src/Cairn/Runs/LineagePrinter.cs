using System.Text.Json;
using Cairn.Adapters.Formats;
using Cairn.Core;
using Cairn.Core.Provenance;
using Cairn.Terminal;

namespace Cairn.Runs;

/// <summary>What came from what: as an indented text, for Graphviz, for Mermaid, or as JSON.</summary>
internal sealed class LineagePrinter(Composition cairn, LineageGraph graph)
{
    private readonly TextWriter _to = cairn.Screen.Out;
    private readonly Dictionary<string, LineageNode> _nodes = graph.Nodes.ToDictionary(n => n.Key);
    private readonly HashSet<string> _printed = [];

    public void Print(string form, IReadOnlyList<Problem> notes)
    {
        if (cairn.Asked.Json)
        {
            Json.Write(_to, json => Write(json, notes));
            return;
        }

        switch (form)
        {
            case "dot":
                _to.Write(LineageDot.Of(graph, Label));
                break;
            case "mermaid":
                _to.Write(LineageMermaid.Of(graph, Label));
                break;
            default:
                Text();
                break;
        }

        _to.Flush();
        ProblemPrinter.Print(notes, cairn.Screen.Error, cairn.Screen.ErrorInk, cairn.Asked.Short, cairn.Screen.Width);
    }

    private void Text()
    {
        LineageNode start = _nodes[graph.Start];
        _to.WriteLine(cairn.Screen.OutInk.Strong(Line(start)));
        bool up = graph.Edges.Any(e => e.To == graph.Start && _nodes[e.From].Away <= 0), down = graph.Edges.Any(e => e.From == graph.Start && _nodes[e.To].Away >= 0);
        if (up)
        {
            _to.WriteLine(start.Run is null ? "made by" : "read");
            _printed.Add(graph.Start);
            Side(graph.Start, true, "  ");
        }

        if (down)
        {
            _to.WriteLine(start.Run is null ? "used by" : "wrote");
            Side(graph.Start, false, "  ");
        }

        if (!up && !down)
        {
            _to.WriteLine("nothing on record leads here or goes on from here");
        }
    }

    /// <summary>A thing reached on two ways is followed once.</summary>
    private void Side(string from, bool up, string indent)
    {
        HashSet<string> next = [.. graph.Edges.Where(e => (up ? e.To : e.From) == from).Select(e => up ? e.From : e.To)];
        foreach (LineageNode node in graph.Nodes.Where(n => next.Contains(n.Key) && n.Key != graph.Start && (up ? n.Away <= 0 : n.Away >= 0)))
        {
            bool again = !_printed.Add(node.Key);
            _to.WriteLine(indent + (node.Run is null ? up ? "from " : "to " : "") + Line(node) + (again ? "   (see above)" : ""));
            if (!again)
            {
                Side(node.Key, up, indent + "  ");
            }
        }
    }

    private string Line(LineageNode node) => node.Run is { } run
        ? $"run {run.Id} of {Printable.Of(run.Name)}, {RunWords.State(run.State)}, {RunWords.Time(run.Opened)}{Alike(node)}"
        : $"{string.Join(" = ", node.Paths.Select(p => Printable.Of(cairn.Shown(p))))}   sha256 {Short(node.Data!)}, {Amount.Bytes(node.Data!.Bytes)}";

    private string Label(LineageNode node) => node.Run is { } run
        ? $"{run.Name}\nrun {run.Id}, {RunWords.Time(run.Opened)}{Alike(node)}"
        : $"{Path.GetFileName(node.Paths[0])}\n{Short(node.Data!)}, {Amount.Bytes(node.Data!.Bytes)}";

    private static string Alike(LineageNode node) => node.Alike == 0 ? "" : $" (and {Amount.Of(node.Alike, "run")} before it)";

    private string Short(DataVersion data) => cairn.Asked.Verbose ? data.Sha256 : data.Sha256[..12];

    private void Write(Utf8JsonWriter json, IReadOnlyList<Problem> notes)
    {
        json.WriteBoolean("ok", true);
        json.WriteString("start", graph.Start);
        RunsJson.List(json, "nodes", graph.Nodes, node =>
        {
            json.WriteString("key", node.Key);
            json.WriteNumber("away", node.Away);
            if (node.Run is { } run)
            {
                json.WriteStartObject("run");
                RunsJson.Write(json, run);
                json.WriteEndObject();
                json.WriteNumber("alike", node.Alike);
            }
            else
            {
                RunsJson.Version(json, "data", node.Data);
                RunsJson.Texts(json, "paths", node.Paths);
            }
        });
        RunsJson.List(json, "edges", graph.Edges, edge =>
        {
            json.WriteString("from", edge.From);
            json.WriteString("to", edge.To);
        });
        ProblemJson.Write(json, notes);
    }
}
