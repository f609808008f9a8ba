using System.Text;
using Cairn.Core;
using Cairn.Core.Expressions;
using Cairn.Core.Flows;
using Cairn.Core.Tables;

namespace Cairn.Tests.Expressions;

/// <summary>A row of cells given as strings, and the ways to try an expression on it.</summary>
internal sealed class CellRow(long number, params string?[] cells) : RowView
{
    private static readonly FilePlace Place = new("test.flow.yaml", 1, 1);
    private readonly byte[][] _cells = [.. cells.Select(c => Encoding.UTF8.GetBytes(c ?? ""))];

    public override long Row => number;

    public override ReadOnlySpan<byte> Text(int column) => _cells[column];

    public static Expression Parsed(string text, params string[] columns)
    {
        var problems = new List<Problem>();
        Expression? expression = ExpressionParser.Parse(text, Place, new Dictionary<string, string> { ["wanted"] = "CC0", ["nothing"] = "" }, problems);
        Assert.Empty(problems);
        Assert.NotNull(expression);
        ExpressionTypes.Check(expression, columns.ToDictionary(c => c, _ => ColumnType.Text), problems);
        Assert.Empty(problems);
        return expression;
    }

    /// <summary>The value of an expression as text, null for NULL; columns are a, b, c in the order of the cells.</summary>
    public string? Value(string text)
    {
        string[] columns = [.. _cells.Select((_, i) => ((char)('a' + i)).ToString())];
        return Value(Parsed(text, columns), columns);
    }

    public string? Value(Expression expression, string[] columns)
    {
        var scratch = new Scratch();
        RowText compiled = ExpressionCompiler.Text(expression, name => Array.IndexOf(columns, name));
        bool present = compiled.TryEval(this, scratch, out ReadOnlySpan<byte> value);
        Assert.Equal(present, !value.IsEmpty);
        return present ? Encoding.UTF8.GetString(value) : null;
    }
}
