using Cairn.Core.Expressions;

namespace Cairn.Core.Flows;

/// <summary>A check of one table. <c>expect</c> stops the run before anything is written; <c>warn</c> is reported, its rows listed in the run.</summary>
/// <param name="Text">As the user would say it: "rows = 15553", "unique barcode", "length(barcode) = 8 for 100%".</param>
public abstract record Expectation(bool Stops, string Text, FilePlace Place);

/// <summary>The number of rows.</summary>
public sealed record RowsExpectation(CountCondition Rows, bool Stops, string Text, FilePlace Place) : Expectation(Stops, Text, Place);

/// <summary>These columns are there (checked before data is read).</summary>
public sealed record ColumnsExpectation(IReadOnlyList<NameAt> Columns, bool Stops, string Text, FilePlace Place) : Expectation(Stops, Text, Place);

/// <summary>No two rows share these columns' values; blanks count as values.</summary>
public sealed record UniqueExpectation(IReadOnlyList<NameAt> Columns, bool Stops, string Text, FilePlace Place) : Expectation(Stops, Text, Place);

/// <summary>A share of the rows meets a condition. Value sets, ranges and patterns are bound to this too (a blank passes them). A row where the condition is unknown (null) does not meet it.</summary>
public sealed record ConditionExpectation(Expression Condition, ShareCondition Share, bool Stops, string Text, FilePlace Place) : Expectation(Stops, Text, Place);

/// <summary>Every non-blank value is in another table's column.</summary>
public sealed record ForeignKeyExpectation(NameAt Column, NameAt Table, NameAt TableColumn, bool Stops, string Text, FilePlace Place) : Expectation(Stops, Text, Place);

/// <summary>Asks whether the values (addresses), of rows that meet Where, answer to an HTTP request; at most Limit are asked.</summary>
public sealed record ResolvesExpectation(NameAt Column, Expression? Where, int Limit, bool Stops, string Text, FilePlace Place) : Expectation(Stops, Text, Place);

public enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>"15553", "> 0", ">= 10", "&lt;= 3", "!= 4".</summary>
public sealed record CountCondition(Comparison Comparison, long Value)
{
    public bool Holds(long count) => Comparison switch
    {
        Comparison.Equal => count == Value,
        Comparison.NotEqual => count != Value,
        Comparison.Less => count < Value,
        Comparison.LessOrEqual => count <= Value,
        Comparison.Greater => count > Value,
        _ => count >= Value,
    };
}

/// <summary>"100%", ">= 99.5%" (a share alone means at least that share). Kept as hundredths of a percent would lose digits, so as a decimal from 0 to 100.</summary>
public sealed record ShareCondition(Comparison Comparison, decimal Percent)
{
    /// <summary>An empty table meets every share.</summary>
    public bool Holds(long met, long rows)
    {
        if (rows == 0)
        {
            return true;
        }

        int order = ((decimal)met * 100m).CompareTo(Percent * rows);
        return Comparison switch
        {
            Comparison.Equal => order == 0,
            Comparison.NotEqual => order != 0,
            Comparison.Less => order < 0,
            Comparison.LessOrEqual => order <= 0,
            Comparison.Greater => order > 0,
            _ => order >= 0,
        };
    }
}
