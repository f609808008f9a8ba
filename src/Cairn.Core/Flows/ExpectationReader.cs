using System.Globalization;
using System.Text.RegularExpressions;
using Cairn.Core.Expressions;
using Cairn.Core.Expressions.Patterns;
using Cairn.Core.Settings;

namespace Cairn.Core.Flows;

/// <summary>Reads <c>expect:</c> and <c>warn:</c> of one table.</summary>
internal static partial class ExpectationReader
{
    private static readonly ShareCondition All = new(Comparison.GreaterOrEqual, 100m);

    public static IReadOnlyList<Expectation> Read(MapSetting table, FlowScope scope) =>
    [
        .. table.Entries("expect").SelectMany(e => One(e, true, scope)),
        .. table.Entries("warn").SelectMany(e => One(e, false, scope)),
    ];

    private static IEnumerable<Expectation> One(SettingEntry entry, bool stops, FlowScope scope)
    {
        FilePlace place = entry.KeyPlace;
        switch (entry.Key, entry.Value)
        {
            case ("rows", ScalarSetting written):
                return Count(written, scope) is CountCondition count ? [new RowsExpectation(count, stops, $"rows {Show(count.Comparison)} {count.Value}", place)] : [];
            case ("columns", _):
                IReadOnlyList<NameAt> columns = scope.Names(entry.Value, place, entry.Key);
                return [new ColumnsExpectation(columns, stops, $"columns {Join(columns)}", place)];
            case ("unique", _):
                IReadOnlyList<NameAt> key = scope.Names(entry.Value, place, entry.Key);
                return [new UniqueExpectation(key, stops, $"unique {Join(key)}", place)];
            case ("values", MapSetting map):
                return [.. map.Entries.Where(e => e.Value is ListSetting).Select(e => Values(e, stops, scope))];
            case ("range", MapSetting map):
                return map.Entries.Select(e => Range(e, stops, scope)).OfType<Expectation>();
            case ("matches", MapSetting map):
                return map.Entries.Select(e => Matches(e, stops, scope)).OfType<Expectation>();
            case ("foreign_key", MapSetting map):
                return map.Entries.Select(e => ForeignKey(e, stops, scope)).OfType<Expectation>();
            case ("resolves", MapSetting map):
                return Resolves(map, stops, place, scope) is Expectation resolves ? [resolves] : [];
            case (_, ScalarSetting { IsNull: false } share) when FlowShape.Checks.Keys.All(k => k.Name != entry.Key):
                return Condition(entry, share, stops, scope) is Expectation condition ? [condition] : [];
            default:
                return [];
        }
    }

    private static ConditionExpectation? Condition(SettingEntry entry, ScalarSetting share, bool stops, FlowScope scope)
    {
        // A single word is a mistyped check rather than a condition; read as a condition it would be reported as an unknown column.
        if (Word().IsMatch(entry.Key) && DidYouMean.Of(entry.Key, FlowShape.Checks.Keys.Select(k => k.Name)) is string near)
        {
            scope.Add("flow/unknown-key", $"`{entry.Key}` is neither a check nor a condition", entry.KeyPlace,
                $"the checks are: {string.Join(", ", FlowShape.Checks.Keys.Select(k => k.Name))}, or a condition", $"did you mean `{near}`?");
            return null;
        }

        Expression? condition = scope.Expression(new ScalarSetting(entry.Key, true, entry.KeyPlace));
        ShareCondition? of = Share(share, scope);
        return condition is null || of is null ? null : new ConditionExpectation(condition, of, stops, $"{entry.Key.ReplaceLineEndings(" ")} for {share.Text.Trim()}", entry.KeyPlace);
    }

    private static ConditionExpectation Values(SettingEntry entry, bool stops, FlowScope scope)
    {
        // A blank passes in any case, so it need not be listed.
        List<NameAt> values = [.. scope.Names(entry.Value, entry.KeyPlace, entry.Key).Where(v => v.Name.Length > 0)];
        var column = new ColumnExpression(entry.Key, entry.KeyPlace);

        // Numbers may be meant for a typed column or for one of text; as text, they are right for both.
        bool numbers = values.Any(v => double.TryParse(v.Name, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        Expression value = numbers ? new CallExpression("concat", [column], entry.KeyPlace) : column;
        Expression among = values.Count == 0
            ? new LiteralExpression(false, entry.Value.Place)
            : new InExpression(value, [.. values.Select(v => new LiteralExpression(v.Name, v.Place))], false, entry.KeyPlace);
        string shown = values.Count <= 5 ? string.Join(", ", values.Select(v => v.Name)) : string.Join(", ", values.Take(4).Select(v => v.Name)) + $", ... ({values.Count})";
        return new ConditionExpectation(BlankOr(column, among), All, stops, $"{entry.Key} in [{shown}]", entry.KeyPlace);
    }

    private static ConditionExpectation? Range(SettingEntry entry, bool stops, FlowScope scope)
    {
        if (entry.Value is not ListSetting list)
        {
            return null;
        }

        if (list.Items is not [ScalarSetting low, ScalarSetting high] || Limit(low) is not (true, var least) || Limit(high) is not (true, var greatest) || (least is null && greatest is null))
        {
            scope.Add("flow/range", $"the range of `{Shortened.Of(entry.Key)}` is not a list of the least and the greatest number", list.Place,
                "write [1, 12], or [null, 12] for no least number");
            return null;
        }

        FilePlace place = entry.KeyPlace;
        var column = new ColumnExpression(entry.Key, place);
        var number = new CallExpression("number", [column], place);
        Expression? above = least is null ? null : new BinaryExpression(BinaryOperator.GreaterOrEqual, number, new LiteralExpression(least, low.Place), place);
        Expression? below = greatest is null ? null : new BinaryExpression(BinaryOperator.LessOrEqual, number, new LiteralExpression(greatest, high.Place), place);
        Expression within = above is not null && below is not null ? new BinaryExpression(BinaryOperator.And, above, below, place) : (above ?? below)!;
        return new ConditionExpectation(BlankOr(column, within), All, stops, $"{entry.Key} in range [{low.Text}, {high.Text}]", place);
    }

    private static ConditionExpectation? Matches(SettingEntry entry, bool stops, FlowScope scope)
    {
        if (entry.Value is not ScalarSetting { IsNull: false } pattern)
        {
            return null;
        }

        if (Pattern.Parse(pattern.Text, out string reason, out int at) is null)
        {
            scope.Add("expression/pattern", $"the pattern `{Shortened.Of(pattern.Text)}` cannot be used: {reason}", pattern.Within(at, 1),
                "see matches in docs/reference/expressions.md for what a pattern may hold");
            return null;
        }

        var column = new ColumnExpression(entry.Key, entry.KeyPlace);
        var matches = new CallExpression("matches", [column, new LiteralExpression(pattern.Text, pattern.Place)], entry.KeyPlace);
        return new ConditionExpectation(BlankOr(column, matches), All, stops, $"{entry.Key} matches {Shortened.Of(pattern.Text)}", entry.KeyPlace);
    }

    private static ForeignKeyExpectation? ForeignKey(SettingEntry entry, bool stops, FlowScope scope)
    {
        if (entry.Value is not ScalarSetting { IsNull: false } target)
        {
            return null;
        }

        int dot = target.Text.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || dot == target.Text.Length - 1)
        {
            scope.Add("flow/foreign-key", $"`{Shortened.Of(target.Text)}` is not a table and its column", target.Place, "write table.column");
            return null;
        }

        var table = new NameAt(target.Text[..dot], target.Within(0, dot));
        var column = new NameAt(target.Text[(dot + 1)..], target.Within(dot + 1, target.Text.Length - dot - 1));
        scope.Tables.Refer(table, "`foreign_key` looks in");
        return new ForeignKeyExpectation(SettingNames.Name(entry), table, column, stops, $"{entry.Key} in {target.Text}", entry.KeyPlace);
    }

    private static ResolvesExpectation? Resolves(MapSetting map, bool stops, FilePlace place, FlowScope scope)
    {
        Expression? where = scope.Expression(map, "where");
        int limit = map.Scalar("limit") is ScalarSetting written && int.TryParse(written.Text, CultureInfo.InvariantCulture, out int n) ? n : 20;
        return map.Name("column") is NameAt column ? new ResolvesExpectation(column, where, limit, stops, $"{column.Name} resolves", place) : null;
    }

    private static BinaryExpression BlankOr(ColumnExpression column, Expression condition) =>
        new(BinaryOperator.Or, new UnaryExpression(UnaryOperator.IsNull, column, column.Place), condition, column.Place);

    private static CountCondition? Count(ScalarSetting written, FlowScope scope)
    {
        Match match = Comparing().Match(written.Text);
        if (match.Success && match.Groups[3].Length == 0 && long.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out long value))
        {
            return new CountCondition(Compare(match.Groups[1].Value, Comparison.Equal), value);
        }

        if (!written.IsNull)
        {
            scope.Add("flow/count", $"`rows` takes a number such as 15553 or \"> 0\", not `{Shortened.Of(written.Text)}`", written.Place,
                "write digits without separators, after =, !=, <, <=, > or >= if need be");
        }

        return null;
    }

    private static ShareCondition? Share(ScalarSetting written, FlowScope scope)
    {
        Match match = Comparing().Match(written.Text);
        if (match.Success && match.Groups[3].Length == 1 && decimal.TryParse(match.Groups[2].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal percent) && percent <= 100m)
        {
            return new ShareCondition(Compare(match.Groups[1].Value, Comparison.GreaterOrEqual), percent);
        }

        scope.Add("flow/share", $"a condition takes the share of rows that must meet it, and `{Shortened.Of(written.Text)}` is none", written.Place,
            "write \"100%\", or \">= 99.5%\"");
        return null;
    }

    // Numbers are written as people write them; a whole one stays whole, as in expressions.
    private static (bool Known, object? Value) Limit(ScalarSetting written) =>
        written.IsNull ? (true, null)
        : long.TryParse(written.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? (true, whole)
        : double.TryParse(written.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) ? (true, number)
        : (false, null);

    private static Comparison Compare(string sign, Comparison without) => sign switch
    {
        "" => without,
        "=" or "==" => Comparison.Equal,
        "!=" or "<>" => Comparison.NotEqual,
        "<" => Comparison.Less,
        "<=" => Comparison.LessOrEqual,
        ">" => Comparison.Greater,
        _ => Comparison.GreaterOrEqual,
    };

    private static string Show(Comparison comparison) => comparison switch
    {
        Comparison.Equal => "=",
        Comparison.NotEqual => "!=",
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.Greater => ">",
        _ => ">=",
    };

    private static string Join(IEnumerable<NameAt> names) => string.Join(", ", names.Select(n => n.Name));

    [GeneratedRegex(@"^\s*(==?|!=|<>|<=|>=|<|>)?\s*([0-9]{1,18}(?:\.[0-9]{1,9})?)\s*(%?)\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Comparing();

    [GeneratedRegex(@"^[A-Za-z_]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
