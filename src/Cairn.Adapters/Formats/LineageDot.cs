using System.Text;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Formats;

/// <summary>A lineage graph in Graphviz's DOT language: files as boxes, runs as ovals, from left to right as the data went.</summary>
public static class LineageDot
{
    /// <param name="label">What stands in a node; lines are separated by line feeds.</param>
    public static string Of(LineageGraph graph, Func<LineageNode, string> label)
    {
        var dot = new StringBuilder("digraph lineage {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n");
        Dictionary<string, string> names = graph.Nodes.Select((n, i) => (n.Key, $"n{i}")).ToDictionary(p => p.Key, p => p.Item2);
        foreach (LineageNode node in graph.Nodes)
        {
            string shape = node.Run is null ? "box" : "ellipse", start = node.Key == graph.Start ? ", penwidth=2" : "";
            dot.Append($"  {names[node.Key]} [shape={shape}{start}, label=\"{Escape(label(node))}\", tooltip=\"{Escape(node.Key)}\"];\n");
        }

        foreach (LineageEdge edge in graph.Edges)
        {
            dot.Append($"  {names[edge.From]} -> {names[edge.To]};\n");
        }

        return dot.Append("}\n").ToString();
    }

    /// <summary>Inside quotes DOT knows a quote by its backslash; a line feed is <c>\n</c> (and control characters have no place in a label).</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in text)
        {
            escaped.Append(c switch { '\\' => "\\\\", '"' => "\\\"", '\n' => "\\n", _ when char.IsControl(c) => " ", _ => c.ToString() });
        }

        return escaped.ToString();
    }
}
