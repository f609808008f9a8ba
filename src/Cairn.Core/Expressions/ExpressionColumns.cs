namespace Cairn.Core.Expressions;

/// <summary>What an expression needs of a row.</summary>
public static class ExpressionColumns
{
    /// <summary>The names of the columns it uses.</summary>
    public static IReadOnlySet<string> Of(Expression expression) =>
        Parts(expression).OfType<ColumnExpression>().Select(c => c.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>True when it uses the row's number, so that it must not be moved to where rows have other numbers.</summary>
    public static bool UsesRow(Expression expression) => Parts(expression).OfType<CallExpression>().Any(c => c.Function == "row");

    /// <summary>The expression and all its parts.</summary>
    internal static IEnumerable<Expression> Parts(Expression expression)
    {
        var open = new Stack<Expression>([expression]);
        while (open.TryPop(out Expression? part))
        {
            yield return part;
            foreach (Expression child in Children(part))
            {
                open.Push(child);
            }
        }
    }

    internal static IReadOnlyList<Expression> Children(Expression expression) => expression switch
    {
        UnaryExpression unary => [unary.Operand],
        BinaryExpression binary => [binary.Left, binary.Right],
        InExpression membership => [membership.Operand, .. membership.Items],
        CallExpression call => call.Arguments,
        _ => [],
    };
}
