namespace Cairn.RedcapServer.Logic;

internal enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>What is true or false.</summary>
internal abstract class ConditionNode : LogicNode
{
    public sealed override LogicValue Evaluate(ILogicContext context) => LogicValue.OfTruth(IsTrue(context));

    public abstract override bool IsTrue(ILogicContext context);
}

// Chains of one operator are one node, so that a long one is not a deep one.

/// <summary><c>a and b and c</c>: the rest is not looked at once one is false.</summary>
internal sealed class AndNode(LogicNode[] conditions) : ConditionNode
{
    public override bool IsTrue(ILogicContext context)
    {
        foreach (LogicNode condition in conditions)
        {
            if (!condition.IsTrue(context))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary><c>a or b or c</c>: the rest is not looked at once one is true.</summary>
internal sealed class OrNode(LogicNode[] conditions) : ConditionNode
{
    public override bool IsTrue(ILogicContext context)
    {
        foreach (LogicNode condition in conditions)
        {
            if (condition.IsTrue(context))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary><c>not a</c>, <c>!(a)</c>.</summary>
internal sealed class NotNode(LogicNode condition) : ConditionNode
{
    public override bool IsTrue(ILogicContext context) => !condition.IsTrue(context);
}

/// <summary><c>a = b</c>, <c>a &lt; b</c>.</summary>
internal sealed class ComparisonNode(Comparison comparison, LogicNode left, LogicNode right) : ConditionNode
{
    public override bool IsTrue(ILogicContext context)
    {
        LogicValue a = left.Evaluate(context);
        LogicValue b = right.Evaluate(context);
        if (comparison <= Comparison.NotEqual)
        {
            return LogicComparison.AreEqual(a, b) == (comparison == Comparison.Equal);
        }

        return LogicComparison.TryOrder(a, b, out int order) && comparison switch
        {
            Comparison.Less => order < 0,
            Comparison.LessOrEqual => order <= 0,
            Comparison.Greater => order > 0,
            _ => order >= 0,
        };
    }
}
