using System.Diagnostics;
using Cairn.Adapters.Formats;
using Cairn.Core.Provenance;

namespace Cairn.Tests.Formats;

public sealed class LineageDrawingTests
{
    private static readonly LineageGraph Graph = new("sha256:b", [
        new LineageNode("sha256:a", -1, new DataVersion("/in \"1\".tsv", "a", 1), ["/in \"1\".tsv"], null),
        new LineageNode("2026-11/x-7f3a", -1, null, [], new RunSummary("7f3a", "2026-11/x-7f3a", "flow", "a<b> & \\n", RunState.Done, 0, default, null, 1, 1, 0, 0)),
        new LineageNode("sha256:b", 0, new DataVersion("/out.tsv", "b", 1), ["/out.tsv"], null),
    ], [new LineageEdge("sha256:a", "2026-11/x-7f3a"), new LineageEdge("2026-11/x-7f3a", "sha256:b")]);

    /// <summary>Graphviz itself reads the text, and gives back names as they were.</summary>
    [Fact]
    public void Dot_is_read_by_graphviz()
    {
        using Process dot = Process.Start(new ProcessStartInfo("dot", "-Tplain") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        dot.StandardInput.Write(LineageDot.Of(Graph, Label));
        dot.StandardInput.Close();
        string plain = dot.StandardOutput.ReadToEnd(), complaint = dot.StandardError.ReadToEnd();
        dot.WaitForExit();

        Assert.Equal((0, ""), (dot.ExitCode, complaint));
        Assert.Equal(3, plain.Split('\n').Count(l => l.StartsWith("node", StringComparison.Ordinal)));
        Assert.Equal(2, plain.Split('\n').Count(l => l.StartsWith("edge", StringComparison.Ordinal)));
        Assert.Contains("in \\\"1\\\".tsv", plain, StringComparison.Ordinal);
        Assert.Contains(" ellipse ", plain, StringComparison.Ordinal);
    }

    [Fact]
    public void Mermaid_escapes_what_it_would_take_for_its_own()
    {
        Assert.Equal(
            """
            flowchart LR
              n0["/in #quot;1#quot;.tsv"]
              n1(["a#lt;b#gt; #amp; \n<br/>7f3a"])
              n2["/out.tsv"]
              n0 --> n1
              n1 --> n2
              style n2 stroke-width:3px

            """, LineageMermaid.Of(Graph, Label));
    }

    private static string Label(LineageNode node) => node.Run is { } run ? run.Name + "\n" + run.Id : node.Paths[0];
}
