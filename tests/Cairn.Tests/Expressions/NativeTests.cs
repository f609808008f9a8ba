using Cairn.Core.Expressions;

namespace Cairn.Tests.Expressions;

public sealed class NativeTests
{
    private const string Botany = "providerLiteral = 'Smithsonian Institution, NMNH, Botany' and contains(lower(description), 'barcode')";
    private const string Barcode = "trim(trim(word_after(lower(description), 'barcode'), '.'), ',')";
    private static readonly string[] Columns = ["providerLiteral", "description"];

    [Theory]
    [InlineData("US National Herbarium specimen, barcode 00000140", "00000140")]
    [InlineData("US National Herbarium specimen, BARCODE 00000140.", "00000140")]
    [InlineData("Barcode 00000140, detail of label", "00000140")]
    [InlineData("Barcode\u00A0\u2003 00000140\u3000", "00000140")]
    [InlineData("US National Herbarium specimen, barcode", null)]
    [InlineData("Barcode 03071234-03071235-a", "03071234-03071235-a")]
    [InlineData("Barcode US 00123457", "us")]
    [InlineData("barcodes barcode, barcode 1", "1")]
    [InlineData("rebarcode 1", null)]
    [InlineData("BAR\u212ACODE 1 barCODE 2", "2")]
    public void The_barcode_is_the_word_after_the_word(string description, string? barcode)
    {
        var row = new CellRow(1, "Smithsonian Institution, NMNH, Botany", description);
        Assert.True(ExpressionCompiler.Condition(CellRow.Parsed(Botany, Columns), n => Array.IndexOf(Columns, n)).Holds(row, new Scratch()));
        Assert.Equal(barcode, row.Value(CellRow.Parsed(Barcode, Columns), Columns));
    }

    [Theory]
    [InlineData("Smithsonian Institution, NMNH, Birds", "barcode 1", Truth.False)]
    [InlineData(null, "barcode 1", Truth.Unknown)]
    [InlineData(null, "no label", Truth.False)]
    [InlineData("Smithsonian Institution, NMNH, Botany", null, Truth.Unknown)]
    [InlineData("Smithsonian Institution, NMNH, Botany", "no label", Truth.False)]
    public void A_blank_makes_a_condition_unknown_unless_the_other_side_decides(string? provider, string? description, Truth expected) =>
        Assert.Equal(expected, ExpressionCompiler.Condition(CellRow.Parsed(Botany, Columns), n => Array.IndexOf(Columns, n)).Eval(new CellRow(1, provider, description), new Scratch()));

    [Fact]
    public void Each_example_of_the_reference_gives_what_it_says() => Assert.All(
        FunctionTable.All.SelectMany(f => f.Examples), e => Assert.Equal((e.Expression, e.Result), (e.Expression, new CellRow(1).Value(e.Expression))));

    [Theory]
    [InlineData("before(after(a, '/'), '.')", "00000140")]
    [InlineData("a || '-' || b", null)]
    [InlineData("concat(a, b)", "stained/00000140.jpg")]
    [InlineData("b is null and a is not null", "true")]
    [InlineData("a between 'r' and 't'", "true")]
    [InlineData("a not between 'r' and 't'", "false")]
    [InlineData("b in ('x')", null)]
    [InlineData("a not in ('x', $nothing)", null)]
    [InlineData("$wanted in ('CC0')", "true")]
    [InlineData("length(a) * 2 + row()", "47")]
    [InlineData("number('1e15') + 0.5", "1000000000000000.5")]
    [InlineData("number('1.25e15')", "1250000000000000")]
    [InlineData("-number('1e15')", "-1000000000000000")]
    [InlineData("number('1e16')", "1e+16")]
    [InlineData("number('0.00001')", "1e-05")]
    [InlineData("integer('999999999999999999') * 10", null)]
    [InlineData("number('1e308') * 10", null)]
    [InlineData("if(b = 'x', 1, 2.5)", "2.5")]
    [InlineData("if(b is null, 1, 2.5)", "1")]
    [InlineData("coalesce(b, c, 'z')", "z")]
    [InlineData("nullif(a, a)", null)]
    [InlineData("not (b = 'x')", null)]
    [InlineData("b = 'x' or a = a", "true")]
    public void Values_follow_SQL(string expression, string? expected) => Assert.Equal(expected, new CellRow(7, "stained/00000140.jpg", null, "").Value(expression));
}
