using Cairn.Core.Expressions;

namespace Cairn.Core.Flows.Scanning;

/// <summary>A condition over the row at hand.</summary>
internal sealed class ScanCondition
{
    private readonly Scratch _scratch = new();
    private readonly RowCondition _condition;
    private readonly ScanRow _row;

    private ScanCondition(RowCondition condition, ScanRow row) => (_condition, _row) = (condition, row);

    public static ScanCondition Of(Expression expression, ScanRow row) => new(ExpressionCompiler.Condition(expression, row.Index), row);

    public bool IsTrue()
    {
        _scratch.Reset();
        return _condition.Holds(_row, _scratch);
    }
}

/// <summary>A value of the row at hand, as the text of a cell.</summary>
internal sealed class ScanText
{
    private readonly Scratch _scratch = new();
    private readonly RowText _text;
    private readonly ScanRow _row;

    private ScanText(RowText text, ScanRow row, bool whole) => (_text, _row, IsWhole) = (text, row, whole);

    /// <summary>True when the expression gives whole numbers.</summary>
    public bool IsWhole { get; }

    public static ScanText Of(Expression expression, ScanRow row)
    {
        var columns = row.Cells.ToDictionary(c => c.Name, _ => ColumnType.Text);
        return new ScanText(ExpressionCompiler.Text(expression, row.Index), row, ExpressionTypes.Check(expression, columns, []) == Expressions.ValueType.Integer);
    }

    /// <summary>Empty for a blank. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Current()
    {
        _scratch.Reset();
        _text.TryEval(_row, _scratch, out ReadOnlySpan<byte> value);
        return value;
    }
}
