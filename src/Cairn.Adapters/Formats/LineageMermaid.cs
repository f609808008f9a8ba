using System.Text;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Formats;

/// <summary>A lineage graph as a Mermaid flowchart, which Markdown pages draw: files as boxes, runs with round ends.</summary>
public static class LineageMermaid
{
    /// <param name="label">What stands in a node; lines are separated by line feeds.</param>
    public static string Of(LineageGraph graph, Func<LineageNode, string> label)
    {
        var chart = new StringBuilder("flowchart LR\n");
        Dictionary<string, string> names = graph.Nodes.Select((n, i) => (n.Key, $"n{i}")).ToDictionary(p => p.Key, p => p.Item2);
        foreach (LineageNode node in graph.Nodes)
        {
            string text = $"\"{Escape(label(node))}\"";
            chart.Append($"  {names[node.Key]}{(node.Run is null ? $"[{text}]" : $"([{text}])")}\n");
        }

        foreach (LineageEdge edge in graph.Edges)
        {
            chart.Append($"  {names[edge.From]} --> {names[edge.To]}\n");
        }

        if (names.TryGetValue(graph.Start, out string? start))
        {
            chart.Append($"  style {start} stroke-width:3px\n");
        }

        return chart.ToString();
    }

    /// <summary>Mermaid takes HTML's named and numbered characters, written with # for &amp;.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in text)
        {
            escaped.Append(c switch { '"' => "#quot;", '#' => "#35;", '<' => "#lt;", '>' => "#gt;", '&' => "#amp;", '`' => "#96;", '\n' => "<br/>", _ when char.IsControl(c) => " ", _ => c.ToString() });
        }

        return escaped.ToString();
    }
}
