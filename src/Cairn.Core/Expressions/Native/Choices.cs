using Cairn.Core.Tables;

namespace Cairn.Core.Expressions.Native;

/// <summary>Asks one node among several; made of nodes of the same type.</summary>
internal interface IChoice<T>
    where T : allows ref struct
{
    bool TryEval(RowView row, Scratch scratch, out T value);
}

/// <summary>if(condition, a, b): b when the condition is false or unknown.</summary>
internal sealed class If<T>(Node<bool> condition, Node<T> then, Node<T> otherwise) : IChoice<T>
    where T : allows ref struct
{
    public bool TryEval(RowView row, Scratch scratch, out T value) =>
        condition.TryEval(row, scratch, out bool met) && met ? then.TryEval(row, scratch, out value) : otherwise.TryEval(row, scratch, out value);
}

/// <summary>coalesce(...): the first that is not NULL.</summary>
internal sealed class Coalesce<T>(Node<T>[] candidates) : IChoice<T>
    where T : allows ref struct
{
    public bool TryEval(RowView row, Scratch scratch, out T value)
    {
        foreach (Node<T> candidate in candidates)
        {
            if (candidate.TryEval(row, scratch, out value))
            {
                return true;
            }
        }

        value = default!;
        return false;
    }
}

/// <summary>Makes the functions whose result has the type of their arguments.</summary>
internal static class Choices
{
    public static Node If(Node condition, Node then, Node otherwise) => Common(then, otherwise) switch
    {
        ValueType.Integer => new IntegerChoice(new If<long>(condition.AsTruth(), then.AsInteger(), otherwise.AsInteger())),
        ValueType.Number => new NumberChoice(new If<double>(condition.AsTruth(), then.AsNumber(), otherwise.AsNumber())),
        ValueType.Boolean => new TruthChoice(new If<bool>(condition.AsTruth(), then.AsTruth(), otherwise.AsTruth())),
        ValueType.Text => new TextChoice(new If<ReadOnlySpan<byte>>(condition.AsTruth(), then.AsText(), otherwise.AsText())),
        _ => new NullNode(),
    };

    public static Node Coalesce(Node[] candidates) => Common(candidates) switch
    {
        ValueType.Integer => new IntegerChoice(new Coalesce<long>([.. candidates.Select(c => c.AsInteger())])),
        ValueType.Number => new NumberChoice(new Coalesce<double>([.. candidates.Select(c => c.AsNumber())])),
        ValueType.Boolean => new TruthChoice(new Coalesce<bool>([.. candidates.Select(c => c.AsTruth())])),
        ValueType.Text => new TextChoice(new Coalesce<ReadOnlySpan<byte>>([.. candidates.Select(c => c.AsText())])),
        _ => new NullNode(),
    };

    public static Node NullIf(Node kept, Node other) => Common(kept, other) switch
    {
        ValueType.Integer => new IntegerChoice(new NullIf<long>(kept.AsInteger(), other.AsInteger(), (a, b) => a == b)),
        ValueType.Number => new NumberChoice(new NullIf<double>(kept.AsNumber(), other.AsNumber(), (a, b) => a == b)),
        ValueType.Boolean => new TruthChoice(new NullIf<bool>(kept.AsTruth(), other.AsTruth(), (a, b) => a == b)),
        ValueType.Text => new TextChoice(new NullIf<ReadOnlySpan<byte>>(kept.AsText(), other.AsText(), (a, b) => a.SequenceEqual(b))),
        _ => new NullNode(),
    };

    /// <summary>The type of all that are no bare NULL; integers beside numbers become numbers.</summary>
    private static ValueType Common(params ReadOnlySpan<Node> nodes)
    {
        ValueType common = ValueType.Unknown;
        foreach (Node node in nodes)
        {
            common = ExpressionTypes.Common(common, node.Type) ?? throw new ArgumentException("an expression was compiled that has not been checked");
        }

        return common;
    }
}

internal delegate bool Same<T>(T a, T b)
    where T : allows ref struct;

/// <summary>nullif(a, b): NULL when a = b, otherwise a.</summary>
internal sealed class NullIf<T>(Node<T> kept, Node<T> other, Same<T> same) : IChoice<T>
    where T : allows ref struct
{
    public bool TryEval(RowView row, Scratch scratch, out T value)
    {
        if (!kept.TryEval(row, scratch, out value))
        {
            return false;
        }

        if (!other.TryEval(row, scratch, out T b) || !same(value, b))
        {
            return true;
        }

        value = default!;
        return false;
    }
}

internal sealed class TextChoice(IChoice<ReadOnlySpan<byte>> choice) : TextNode
{
    public override bool TryEval(RowView row, Scratch scratch, out ReadOnlySpan<byte> value) => choice.TryEval(row, scratch, out value);
}

internal sealed class IntegerChoice(IChoice<long> choice) : IntegerNode
{
    public override bool TryEval(RowView row, Scratch scratch, out long value) => choice.TryEval(row, scratch, out value);
}

internal sealed class NumberChoice(IChoice<double> choice) : NumberNode
{
    public override bool TryEval(RowView row, Scratch scratch, out double value) => choice.TryEval(row, scratch, out value);
}

internal sealed class TruthChoice(IChoice<bool> choice) : TruthNode
{
    public override bool TryEval(RowView row, Scratch scratch, out bool value) => choice.TryEval(row, scratch, out value);
}
