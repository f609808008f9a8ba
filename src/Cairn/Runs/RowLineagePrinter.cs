using Cairn.Core;
using Cairn.Core.Provenance;
using Cairn.Terminal;

namespace Cairn.Runs;

/// <summary>The source rows that one written row came from.</summary>
internal static class RowLineagePrinter
{
    public static void Print(RowLineage lineage, IReadOnlyList<Problem> notes, Composition cairn)
    {
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                json.WriteString("run", lineage.Run);
                json.WriteString("table", lineage.Table);
                json.WriteNumber("row", lineage.Row);
                RunsJson.Version(json, "output", lineage.Output);
                RunsJson.List(json, "sources", lineage.Sources, s =>
                {
                    json.WriteString("table", s.Table);
                    json.WriteNumber("row", s.Row);
                    RunsJson.List(json, "files", s.Files, f => ReportJson.WriteVersion(json, f));
                });
                RunsJson.Texts(json, "without", lineage.Without);
                ProblemJson.Write(json, notes);
            });
            return;
        }

        TextWriter to = cairn.Screen.Out;
        string where = lineage.Output is null ? "" : $" in {cairn.Shown(lineage.Output.Path)}";
        to.WriteLine(cairn.Screen.OutInk.Strong(Printable.Of($"row {Amount.Count(lineage.Row)} of {lineage.Table}{where}, written by run {lineage.Run[(lineage.Run.LastIndexOf('-') + 1)..]}")));
        var grid = new Grid("", ">", "") { Indent = "  " };
        foreach (SourceRow source in lineage.Sources)
        {
            grid.Add(source.Table, $"row {Amount.Count(source.Row)}", string.Join(", ", source.Files.Select(f => $"{cairn.Shown(f.Path)} (sha256 {f.Sha256[..12]})")));
        }

        foreach (string without in lineage.Without)
        {
            grid.Add(without, "no row", "");
        }

        grid.Print(to, cairn.Screen.OutInk, cairn.Screen.Width);
        to.Flush();
        ProblemPrinter.Print(notes, cairn.Screen.Error, cairn.Screen.ErrorInk, cairn.Asked.Short, cairn.Screen.Width);
    }
}
