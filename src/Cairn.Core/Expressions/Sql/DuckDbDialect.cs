using System.Globalization;
using System.Text;
using Cairn.Core.Expressions.Native;

namespace Cairn.Core.Expressions.Sql;

/// <summary>
/// DuckDB's SQL. No argument is written twice: nested calls would double with each level. Its length() and substring() count code points, its lower() and
/// upper() map one code point at a time, and its regular expressions are RE2's.
/// </summary>
internal sealed class DuckDbDialect : SqlDialect
{
    // DuckDB refuses positions beyond this.
    private const string FurthestPosition = "4294967295";

    public override string Text(string text)
    {
        // A NUL ends the statement's text, so it cannot stand in it.
        string quoted = ExpressionText.Quoted(text);
        return text.Contains('\0', StringComparison.Ordinal) ? $"({quoted.Replace("\0", "' || chr(0) || '", StringComparison.Ordinal)})" : quoted;
    }

    // Without an exponent it would be a DECIMAL.
    public override string Number(double number)
    {
        string text = number.ToString("R", CultureInfo.InvariantCulture);
        string real = text.Contains('E', StringComparison.Ordinal) ? text.Replace('E', 'e') : text + "e0";
        return double.IsNegative(number) ? $"({real})" : real;
    }

    public override string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public override string Null(ValueType type) => type switch
    {
        ValueType.Integer => "CAST(NULL AS BIGINT)",
        ValueType.Number => "CAST(NULL AS DOUBLE)",
        ValueType.Boolean => "CAST(NULL AS BOOLEAN)",
        _ => "CAST(NULL AS VARCHAR)",
    };

    // Small literals would be of 32 bits. Not by a cast from HUGEINT: the optimiser of 1.5.5 compares past it as if every sum fitted.
    public override string IntegerArithmetic(string left, string sign, string right) => $"TRY(CAST({left} AS BIGINT) {sign} {right})";

    public override string NumberArithmetic(string left, string sign, string right) => Finite($"{left} {sign} {right}");

    public override string IntegerAsNumber(string integer) => $"CAST({integer} AS DOUBLE)";

    public override string Printed(string value, ValueType type) => type switch
    {
        ValueType.Text => value,
        ValueType.Number => $@"regexp_replace(CAST({value} AS VARCHAR), '\.0$', '')",
        _ => $"CAST({value} AS VARCHAR)",
    };

    public override string Call(string function, IReadOnlyList<SqlArgument> arguments)
    {
        string First() => arguments[0].Sql;
        string Second() => arguments[1].Sql;
        return function switch
        {
            "lower" or "upper" or "length" or "contains" or "starts_with" or "ends_with" => $"{function}({Listed(arguments)})",
            "coalesce" or "nullif" => $"{function}({Listed(arguments)})",
            "trim" when arguments.Count == 1 => NotEmpty($"regexp_extract({First()}, '[^{WhiteSpace.Class}](?s:.*[^{WhiteSpace.Class}])?')"),
            "trim" => NotEmpty($"trim({First()}, {Second()})"),
            "replace" => NotEmpty($"replace({First()}, {OrEmpty(arguments[1])}, {OrEmpty(arguments[2])})"),
            "concat" => NotEmpty($"concat({Listed(arguments)})"),
            "substr" => Substring(arguments),
            "before" => NotEmpty($"regexp_extract({First()}, {Searched("^(.*?)", arguments[1], "")}, 1, 's')"),
            "after" => NotEmpty($"regexp_extract({First()}, {Searched("", arguments[1], "(.*)")}, 1, 's')"),
            "word_after" => WordAfter(arguments),
            "part" when arguments[1].Fixed is null => Null(ValueType.Text),
            "part" => NotEmpty($"string_split({First()}, {Second()})[{FromOne(arguments[2])}]"),
            "matches" => Matches(arguments),
            "number" when arguments[0].Type == ValueType.Number => First(),
            "number" when arguments[0].Type == ValueType.Integer => IntegerAsNumber(First()),
            "number" => Finite($@"TRY_CAST(regexp_extract({First()}, '^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$') AS DOUBLE)"),
            "integer" when arguments[0].Type == ValueType.Integer => First(),
            "integer" => $"TRY_CAST(regexp_extract({First()}, '^[+-]?[0-9]{{1,18}}$') AS BIGINT)",
            "if" => $"CASE WHEN {First()} THEN {Second()} ELSE {arguments[2].Sql} END",
            _ => throw new ArgumentException($"there is no function {function}", nameof(function)),
        };
    }

    private static string Listed(IEnumerable<SqlArgument> arguments) => string.Join(", ", arguments.Select(a => a.Sql));

    private static string NotEmpty(string text) => $"nullif({text}, '')";

    private static string Finite(string number) => $"nullif(nullif({number}, 'inf'), '-inf')";

    private static string OrEmpty(SqlArgument text) => !text.IsFixed ? $"coalesce({text.Sql}, '')" : text.Fixed is null ? "''" : text.Sql;

    private static string Substring(IReadOnlyList<SqlArgument> arguments)
    {
        string length = arguments.Count < 3 ? ""
            : arguments[2].Fixed is >= 0L and <= int.MaxValue ? $", {arguments[2].Sql}"
            : $", least(greatest({arguments[2].Sql}, 0), {FurthestPosition})";
        return NotEmpty($"substring({arguments[0].Sql}, {FromOne(arguments[1])}{length})");
    }

    // A position from 1, or NULL: greatest and least pass over NULL, so it is 0 in between.
    private static string FromOne(SqlArgument position) =>
        position is { Fixed: >= 1L and <= int.MaxValue } ? position.Sql : $"nullif(least(greatest({position.Sql}, 0), {FurthestPosition}), 0)";

    private string Searched(string before, SqlArgument sought, string after) =>
        sought is { IsFixed: true, Fixed: string text } ? Text(before + Escaped(text) + after)
        : string.Join(" || ", new[] { Text(before), $"regexp_escape({sought.Sql})", Text(after) }.Where(p => p != "''"));

    private string WordAfter(IReadOnlyList<SqlArgument> arguments)
    {
        string word = arguments[1].Fixed as string ?? "";
        if (word.Length == 0 || WhiteSpace.IsIn(Encoding.UTF8.GetBytes(word)))
        {
            return Null(ValueType.Text);
        }

        string pattern = $"(?:^|[{WhiteSpace.Class}]){Escaped(word)}[{WhiteSpace.Class}]+([^{WhiteSpace.Class}]+)";
        return NotEmpty($"regexp_extract({arguments[0].Sql}, {Text(pattern)}, 1)");
    }

    // The pattern stands in a group of its own: without one the optimiser of 1.5.5 takes a pattern such as 1$b for the text 1b.
    private string Matches(IReadOnlyList<SqlArgument> arguments) =>
        arguments[1].Fixed is string pattern ? $"regexp_matches({arguments[0].Sql}, {Text($"({pattern})")})" : Null(ValueType.Boolean);

    /// <summary>A text as a pattern that finds just this text.</summary>
    private static string Escaped(string text)
    {
        var pattern = new StringBuilder();
        foreach (char c in text)
        {
            if (c == '\0')
            {
                pattern.Append(@"\x00");
                continue;
            }

            pattern.Append(@"\.+*?()|[]{}^$".Contains(c, StringComparison.Ordinal) ? "\\" : "").Append(c);
        }

        return pattern.ToString();
    }
}
