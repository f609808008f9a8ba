namespace Cairn.RedcapServer.Logic;

// What is blank or no number leaves a calculation without a result, and so does what has no finite one: a division by 0, the root of -1.

/// <summary>One term of a sum or factor of a product: subtracted or divided by when <paramref name="Inverse"/>.</summary>
internal readonly record struct Operand(LogicNode Node, bool Inverse);

/// <summary><c>a + b - c</c>.</summary>
internal sealed class SumNode(Operand[] terms) : LogicNode
{
    public override LogicValue Evaluate(ILogicContext context)
    {
        double sum = 0;
        foreach (Operand term in terms)
        {
            if (!term.Node.TryNumber(context, out double number))
            {
                return LogicValue.NoResult;
            }

            sum += term.Inverse ? -number : number;
        }

        return LogicValue.OfNumber(sum);
    }
}

/// <summary><c>a * b / c</c>.</summary>
internal sealed class ProductNode(Operand[] factors) : LogicNode
{
    public override LogicValue Evaluate(ILogicContext context)
    {
        double product = 1;
        foreach (Operand factor in factors)
        {
            if (!factor.Node.TryNumber(context, out double number))
            {
                return LogicValue.NoResult;
            }

            product = factor.Inverse ? product / number : product * number;
        }

        return LogicValue.OfNumber(product);
    }
}

/// <summary><c>(a)^(b)</c>.</summary>
internal sealed class PowerNode(LogicNode number, LogicNode exponent) : LogicNode
{
    public override LogicValue Evaluate(ILogicContext context) =>
        number.TryNumber(context, out double a) && exponent.TryNumber(context, out double b) ? LogicValue.OfNumber(Math.Pow(a, b)) : LogicValue.NoResult;
}

/// <summary><c>-a</c>, <c>+a</c>.</summary>
internal sealed class SignNode(bool minus, LogicNode node) : LogicNode
{
    public override LogicValue Evaluate(ILogicContext context) =>
        node.TryNumber(context, out double number) ? LogicValue.OfNumber(minus ? -number : number) : LogicValue.NoResult;
}
