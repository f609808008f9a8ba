using System.Buffers.Text;
using Cairn.Core.Tables;

namespace Cairn.Core.Expressions.Native;

internal sealed class IntegerText(Node<long> operand) : TextNode
{
    private const int Longest = 20;

    public override bool TryEval(RowView row, Scratch scratch, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!operand.TryEval(row, scratch, out long number))
        {
            return false;
        }

        Span<byte> room = scratch.Take(Longest);
        Utf8Formatter.TryFormat(number, room, out int length);
        scratch.GiveBack(Longest - length);
        value = room[..length];
        return true;
    }
}

internal sealed class NumberText(Node<double> operand) : TextNode
{
    public override bool TryEval(RowView row, Scratch scratch, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!operand.TryEval(row, scratch, out double number))
        {
            return false;
        }

        Span<byte> room = scratch.Take(NumberForm.Longest);
        int length = NumberForm.Write(number, room);
        scratch.GiveBack(NumberForm.Longest - length);
        value = room[..length];
        return true;
    }
}

internal sealed class TruthText(Node<bool> operand) : TextNode
{
    public override bool TryEval(RowView row, Scratch scratch, out ReadOnlySpan<byte> value)
    {
        bool known = operand.TryEval(row, scratch, out bool truth);
        value = !known ? default : truth ? "true"u8 : "false"u8;
        return known;
    }
}
