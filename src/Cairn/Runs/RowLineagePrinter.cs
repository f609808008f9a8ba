using System.Text.Json;
using Cairn.Core;
using Cairn.Core.Provenance;
using Cairn.Terminal;

namespace Cairn.Runs;

/// <summary>The source rows that one written row came from.</summary>
internal static class RowLineagePrinter
{
    public static void Print(RowLineage lineage, IReadOnlyList<ShownRow> rows, IReadOnlyList<Problem> notes, Composition cairn)
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
                RunsJson.List(json, "sources", rows, r => Write(json, r));
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
        foreach (ShownRow row in rows.Where(r => r.Cells is not null || r.Why is not null))
        {
            to.WriteLine();
            Show(row, cairn);
        }

        to.Flush();
        ProblemPrinter.Print(notes, cairn.Screen.Error, cairn.Screen.ErrorInk, cairn.Asked.Short, cairn.Screen.Width);
    }

    /// <summary>A line for each column that is not blank.</summary>
    private static void Show(ShownRow row, Composition cairn)
    {
        string what = Printable.Of($"{row.Source.Table}, row {Amount.Count(row.Source.Row)}");
        if (row.Cells is null)
        {
            cairn.Screen.Out.WriteLine($"{what}: {Printable.Of(row.Why!)}");
            return;
        }

        cairn.Screen.Out.WriteLine(what);
        var grid = new Grid("", "") { Indent = "  " };
        foreach ((string column, string? cell) in row.Cells.Where(c => !string.IsNullOrEmpty(c.Cell)))
        {
            grid.Add(column, cell!);
        }

        grid.Print(cairn.Screen.Out, cairn.Screen.OutInk, cairn.Screen.Width);
    }

    private static void Write(Utf8JsonWriter json, ShownRow row)
    {
        json.WriteString("table", row.Source.Table);
        json.WriteNumber("row", row.Source.Row);
        RunsJson.List(json, "files", row.Source.Files, f => ReportJson.WriteVersion(json, f));
        if (row.Cells is { } cells)
        {
            json.WriteStartObject("cells");
            foreach ((string column, string? cell) in cells)
            {
                json.WriteString(column, string.IsNullOrEmpty(cell) ? null : cell);
            }

            json.WriteEndObject();
        }
        else if (row.Why is { } why)
        {
            json.WriteString("not_shown_because", why);
        }
    }
}
