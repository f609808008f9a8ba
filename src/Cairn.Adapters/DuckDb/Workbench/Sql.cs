using Cairn.Core;
using Cairn.Core.Expressions;
using Cairn.Core.Flows;

namespace Cairn.Adapters.DuckDb.Workbench;

/// <summary>Small pieces of SQL text. Names are quoted; values are bound by the callers.</summary>
internal static class Sql
{
    public const string Row = "_row";

    public static string Name(string name) => ExpressionSql.Identifier(name);

    public static string Name(string table, string column) => Name(table) + "." + Name(column);

    public static string From(string source) => "_from_" + source;

    public static string List(IEnumerable<string> parts) => string.Join(", ", parts);

    public static string Names(IEnumerable<string> names) => List(names.Select(Name));

    public static string And(IEnumerable<string> parts) => string.Join(" AND ", parts);

    public static string Literal(string text) => ExpressionText.Quoted(text);

    /// <summary>A condition over the table's rows.</summary>
    public static string Condition(Expression expression, WorkTable table) => ExpressionSql.Write(expression, Column(table), Types(table));

    /// <summary>A value over the table's rows, as the text of a cell.</summary>
    public static string Cell(Expression expression, WorkTable table) => ExpressionSql.WriteText(expression, Column(table), Types(table));

    public static IReadOnlyDictionary<string, ColumnType> Types(WorkTable table) => table.Columns.ToDictionary(c => c.Name, c => c.Type);

    /// <summary>Expressions read every column as text and convert by its declared type.</summary>
    private static Func<string, string> Column(WorkTable table) =>
        name => table.Columns.Any(c => c.Name == name && c.Type != ColumnType.Text) ? $"CAST({Name(name)} AS VARCHAR)" : Name(name);

    public static string Type(ColumnType type) => type switch
    {
        ColumnType.Text => "VARCHAR",
        ColumnType.Integer => "BIGINT",
        ColumnType.Decimal => "DOUBLE",
        ColumnType.Boolean => "BOOLEAN",
        ColumnType.Date => "DATE",
        _ => "TIMESTAMP",
    };

    /// <summary>The value of a text as a type, NULL when it is not of the type: strict forms, so that nothing is guessed.</summary>
    public static string Convert(string value, ColumnType type) => type switch
    {
        ColumnType.Text => value,
        ColumnType.Integer => $"CASE WHEN regexp_full_match({value}, '[+-]?[0-9]{{1,18}}') THEN CAST({value} AS BIGINT) END",
        ColumnType.Decimal => $"CASE WHEN regexp_full_match({value}, '[+-]?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?') THEN TRY_CAST({value} AS DOUBLE) END",
        ColumnType.Boolean => $"CASE WHEN lower({value}) IN ('true', 'false', '1', '0') THEN CAST({value} AS BOOLEAN) END",
        ColumnType.Date => $"CASE WHEN regexp_full_match({value}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') THEN TRY_CAST({value} AS DATE) END",
        _ => $"CASE WHEN regexp_matches({value}, '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ]') THEN TRY_CAST({value} AS TIMESTAMP) END",
    };
}
