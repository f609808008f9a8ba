using System.Globalization;
using Cairn.Core.Expressions;
using Cairn.Core.Settings;

namespace Cairn.Core.Flows;

/// <summary>Reads <c>figures:</c>, and the file under <c>expect:</c> that says what they should be.</summary>
internal static class FigureReader
{
    private const int ListedRows = 10;

    public static IReadOnlyList<Figure> Read(MapSetting tree, FlowScope scope) => [.. tree.Entries("figures").Select(e => One(e, scope)).OfType<Figure>()];

    private static Figure? One(SettingEntry entry, FlowScope scope)
    {
        FlowNames.CheckFigure(SettingNames.Name(entry), scope.Problems);
        if (entry.Value is not MapSetting map)
        {
            return null;
        }

        FigureForm? form = Form(map, scope);
        Expression? where = scope.Expression(map, "where");
        if (map["limit"] is Setting limit && form is not ListFigure and not null)
        {
            scope.Add("flow/figure-limit", "`limit` goes with `list`, and this figure has another form", limit.Place, "remove `limit`");
        }

        if (map.Name("of") is not NameAt of)
        {
            return null;
        }

        scope.Tables.Refer(of, $"the figure `{Shortened.Of(entry.Key)}` is of");
        return form is null ? null : new Figure(entry.Key, of, form, where, entry.KeyPlace);
    }

    private static FigureForm? Form(MapSetting map, FlowScope scope)
    {
        SettingEntry? form = map.Entries.FirstOrDefault(e => FlowShape.Figure.Choice!.Keys.Contains(e.Key));
        return form switch
        {
            { Key: "rows" } => new RowsFigure(),
            { Key: "columns" } => new ColumnsFigure(),
            { Key: "distinct", Value: ScalarSetting column } => new DistinctFigure(SettingNames.Name(column)),
            { Key: "repeated" } => new RepeatedFigure(AllOr(form, scope)),
            { Key: "by" } => scope.Expression(map, "by") is Expression value ? new ByFigure(value) : null,
            { Key: "filled" } => new FilledFigure(AllOr(form, scope)),
            { Key: "first" } => scope.Expression(map, "first") is Expression value ? new FirstFigure(value) : null,
            { Key: "last" } => scope.Expression(map, "last") is Expression value ? new LastFigure(value) : null,
            { Key: "list" } => new ListFigure(scope.Names(form.Value, form.KeyPlace, form.Key), Limit(map, scope)),
            _ => null,
        };
    }

    // `true` is all columns; a column of that name is written in quotes.
    private static IReadOnlyList<NameAt>? AllOr(SettingEntry form, FlowScope scope) =>
        form.Value is ScalarSetting { Quoted: false, Text: "true" } ? null : scope.Names(form.Value, form.KeyPlace, form.Key);

    private static int Limit(MapSetting map, FlowScope scope)
    {
        if (map.Scalar("limit") is not ScalarSetting written || !long.TryParse(written.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long limit))
        {
            return ListedRows;
        }

        if (limit is < 1 or > 10_000)
        {
            scope.Add("flow/wrong-value", $"`limit` takes a number from 1 to 10000, not `{written.Text}`", written.Place,
                "write a table instead (under `write:`) when more rows are wanted");
        }

        return (int)Math.Clamp(limit, 1, 10_000);
    }

    public static ExpectedFigures? Expected(MapSetting tree, IReadOnlyList<Figure> figures, FlowRequest request, List<Problem> problems)
    {
        if (tree["expect"] is not MapSetting map || map.Name("from") is not NameAt from)
        {
            return null;
        }

        string path = Path.GetFullPath(from.Name, request.Folder);
        if (request.ExpectedFigures(path) is not SettingReading read)
        {
            if (map.Scalar("optional")?.Text != "true")
            {
                problems.Add(new Problem("flow/no-expected-figures", ProblemKind.Usage, $"the file of expected figures is not there: {Shortened.Path(path)}", from.Place,
                    "give its right path, or add `optional: true`"));
            }

            return null;
        }

        problems.AddRange(read.Problems);
        if (read.Root is not MapSetting values)
        {
            if (read.Root is not null)
            {
                problems.Add(new Problem("flow/wrong-type", ProblemKind.Usage, "a file of expected figures is a mapping from a figure's name to its value", read.Root.Place,
                    "cairn help flow-files"));
            }

            return null;
        }

        List<SettingEntry> without = [.. values.Entries.Where(e => figures.All(f => f.Name != e.Key))];
        if (without.Count > 0)
        {
            problems.Add(new Problem("flow/no-such-figure", ProblemKind.Finding, $"{Shortened.Path(path)} names {without.Count} that the flow has no figure for; they are not compared", without[0].KeyPlace,
                "add figures of these names, or leave it")
            {
                Details = [string.Join(", ", without.Take(20).Select(e => Shortened.Of(e.Key))) + (without.Count > 20 ? ", ..." : "")],
            });
        }

        return new ExpectedFigures(path, values, map.Name("on_difference")?.Name != "warn");
    }
}
