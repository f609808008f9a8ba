using System.Globalization;
using System.Text.Json;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Tables;
using Cairn.Terminal;

namespace Cairn.Peeking;

/// <summary>What peek shows: rows as they arrive, or the profile of each column.</summary>
internal sealed class SeenPrinter(Screen screen)
{
    private const int TopShown = 3;
    private const int TopInJson = 20;

    public void Print(Seen seen, string title, PeekWish wish)
    {
        TextWriter to = screen.Out;
        string[] columns = [.. seen.Layout.Columns.Select(c => c.Name)];
        if (wish is { Asked: null, Sample: null } && !RowsPrinter.Fits(columns, seen.Rows, screen.Width))
        {
            seen = seen with { Rows = [.. seen.Rows.Take(RowsPrinter.RowsAbreast)] };
        }

        to.WriteLine($"{screen.OutInk.Strong(Printable.Of(title))}");
        to.WriteLine($"{Amount.Of(seen.Layout.Columns.Count, "column")}, {Rows(seen, wish)}");
        foreach (TableOffer table in seen.Layout.Tables)
        {
            to.WriteLine($"  table: {Printable.Of(table.Key)}   {screen.OutInk.Faint(Printable.Of(table.About))}");
        }

        to.WriteLine();
        if (seen.Profile is not null)
        {
            Profile(seen.Profile);
        }

        if (seen.Profile is null || wish.Sample is not null)
        {
            RowsPrinter.PrintNumbered(columns, seen.Rows, to, screen.OutInk, screen.Width);
        }
    }

    public static void Write(Utf8JsonWriter json, Seen seen)
    {
        json.WriteStartArray("columns");
        foreach (SourceColumn column in seen.Layout.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            if (column.Term is not null)
            {
                json.WriteString("term", column.Term);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (seen.Layout.Tables.Count > 0)
        {
            json.WriteStartArray("tables");
            foreach (TableOffer table in seen.Layout.Tables)
            {
                json.WriteStartObject();
                json.WriteString("table", table.Key);
                json.WriteString("about", table.About);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteNumber("read", seen.Read);
        json.WriteBoolean("all", seen.All);
        json.WriteNumber("refused", seen.RefusedRows);
        json.WriteStartArray("rows");
        foreach (SampledRow row in seen.Rows)
        {
            json.WriteStartObject();
            json.WriteNumber("row", row.Number);
            json.WriteStartObject("cells");
            for (int i = 0; i < row.Cells.Count; i++)
            {
                json.WriteString(seen.Layout.Columns[i].Name, row.Cells[i]);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteProfile(json, seen.Profile);
    }

    /// <summary>Refused rows and findings as problems: peek shows them, it does not fail of them.</summary>
    public static IReadOnlyList<Problem> Problems(Seen seen)
    {
        var problems = new List<Problem>(seen.Findings);
        problems.AddRange(seen.Refused.Select(r => new Problem(r.Code, ProblemKind.Finding, r.Reason, new RowPlace(r.Table, r.Row, File: r.File, Line: r.Line)) { Details = [$"begins \"{r.Text}\""] }));
        if (seen.RefusedRows > seen.Refused.Count)
        {
            problems.Add(new Problem("peek/more-refused", ProblemKind.Finding, $"{Amount.Of(seen.RefusedRows - seen.Refused.Count, "more row")} could not be read"));
        }

        return problems;
    }

    private static string Rows(Seen seen, PeekWish wish) =>
        seen.All && wish.Sample is not null ? $"{Amount.Of(seen.Rows.Count, "row")} sampled from {Amount.Of(seen.Read, "row")} with seed {wish.Seed}"
        : seen.All && seen.Profile is null && seen.Rows.Count < seen.Read ? $"the first {seen.Rows.Count} of {Amount.Of(seen.Read, "row")}"
        : seen.All ? Amount.Of(seen.Read, "row") + (seen.RefusedRows > 0 ? $" and {Amount.Count(seen.RefusedRows)} that could not be read" : "")
        : $"the first {Amount.Of(seen.Rows.Count, "row")}; there are more (--limit, --sample, --profile)";

    private void Profile(TableProfile profile)
    {
        var grid = new Grid("column", "looks like", ">blank", ">distinct", ">length", "commonest");
        foreach (ColumnProfile column in profile.Columns)
        {
            long filled = column.Rows - column.Blanks;
            string types = column.Types.Count switch
            {
                0 => "always blank",
                1 => Name(column.Types[0]),
                _ => string.Join(", ", column.Types.Select(t => $"{Name(t)} {Amount.Share(column.Of(t), filled)}")),
            };
            string distinct = !column.DistinctIsExact ? $"> {Amount.Count(column.Distinct)}" : column.Distinct == filled && filled > 1 ? $"{Amount.Count(column.Distinct)} all" : Amount.Count(column.Distinct);
            string length = filled == 0 ? "" : column.Shortest == column.Longest ? Amount.Count(column.Longest) : $"{Amount.Count(column.Shortest)}-{Amount.Count(column.Longest)}";
            string top = string.Join("; ", column.Top(TopShown).Select(v => $"{TextWidth.CutMiddle(v.Value, 24)} ({Amount.Count(v.Rows)})"));
            grid.Add(column.Name, types, Amount.Count(column.Blanks), distinct, length, top);
        }

        grid.Print(screen.Out, screen.OutInk, screen.Width);
    }

    private static void WriteProfile(Utf8JsonWriter json, TableProfile? profile)
    {
        if (profile is null)
        {
            return;
        }

        json.WriteStartArray("profile");
        foreach (ColumnProfile column in profile.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteNumber("rows", column.Rows);
            json.WriteNumber("blanks", column.Blanks);
            json.WriteStartObject("types");
            foreach (SeenType type in column.Types)
            {
                json.WriteNumber(Name(type), column.Of(type));
            }

            json.WriteEndObject();
            json.WriteNumber("distinct", column.Distinct);
            json.WriteBoolean("distinct_is_exact", column.DistinctIsExact);
            json.WriteNumber("shortest", column.Shortest);
            json.WriteNumber("longest", column.Longest);
            json.WriteStartArray("top");
            foreach (ValueCount value in column.Top(TopInJson))
            {
                json.WriteStartObject();
                json.WriteString("value", value.Value);
                json.WriteNumber("rows", value.Rows);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Name(SeenType type) => type switch
    {
        SeenType.LeadingZeros => "digits with leading zeros",
        _ => type.ToString().ToLower(CultureInfo.InvariantCulture),
    };
}
