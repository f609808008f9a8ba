using Cairn.Core.Tables;

namespace Cairn.Core.Expressions.Native;

/// <summary>A question about two texts; unknown when either is NULL.</summary>
internal abstract class TextQuestion(Node<ReadOnlySpan<byte>> text, Node<ReadOnlySpan<byte>> other) : TruthNode
{
    public sealed override bool TryEval(RowView row, Scratch scratch, out bool value)
    {
        if (!text.TryEval(row, scratch, out ReadOnlySpan<byte> a) || !other.TryEval(row, scratch, out ReadOnlySpan<byte> b))
        {
            value = false;
            return false;
        }

        value = Ask(a, b);
        return true;
    }

    protected abstract bool Ask(ReadOnlySpan<byte> text, ReadOnlySpan<byte> other);
}

internal sealed class Contains(Node<ReadOnlySpan<byte>> text, Node<ReadOnlySpan<byte>> part) : TextQuestion(text, part)
{
    public static TruthNode Of(Node<ReadOnlySpan<byte>> text, Node<ReadOnlySpan<byte>> part) =>
        text is LetterCase { LoweredOperand: { } operand } && part is ConstantText { Text: var sought } && FoldedSearch.For(sought) is { } search
            ? new ContainsFolded(operand, search, sought)
            : new Contains(text, part);

    protected override bool Ask(ReadOnlySpan<byte> text, ReadOnlySpan<byte> other) => text.IndexOf(other) >= 0;
}

/// <summary>contains(lower(t), 'a fixed text').</summary>
internal sealed class ContainsFolded(Node<ReadOnlySpan<byte>> operand, FoldedSearch search, byte[] sought) : TruthNode
{
    public override bool TryEval(RowView row, Scratch scratch, out bool value)
    {
        bool known = operand.TryEval(row, scratch, out ReadOnlySpan<byte> text);
        value = search.IndexOf(text) >= 0 || (!search.Decides(text) && LetterCase.Map(text, upper: false, scratch).IndexOf(sought) >= 0);
        return known;
    }
}

internal sealed class StartsWith(Node<ReadOnlySpan<byte>> text, Node<ReadOnlySpan<byte>> part) : TextQuestion(text, part)
{
    protected override bool Ask(ReadOnlySpan<byte> text, ReadOnlySpan<byte> other) => text.StartsWith(other);
}

internal sealed class EndsWith(Node<ReadOnlySpan<byte>> text, Node<ReadOnlySpan<byte>> part) : TextQuestion(text, part)
{
    protected override bool Ask(ReadOnlySpan<byte> text, ReadOnlySpan<byte> other) => text.EndsWith(other);
}

/// <summary>length(t): in code points.</summary>
internal sealed class Length(Node<ReadOnlySpan<byte>> operand) : IntegerNode
{
    public override bool TryEval(RowView row, Scratch scratch, out long value)
    {
        bool known = operand.TryEval(row, scratch, out ReadOnlySpan<byte> text);
        value = Utf8.Count(text);
        return known;
    }
}
