using System.Buffers;
using System.Text;
using Cairn.Core.Tables;

namespace Cairn.Core.Expressions.Native;

/// <summary>lower(t) and upper(t): each code point by itself (Unicode's simple mappings), so without regard to language or position.</summary>
internal sealed class LetterCase(Node<ReadOnlySpan<byte>> operand, bool upper) : TextNode
{
    /// <summary>For lower(t), its t; null for upper.</summary>
    public Node<ReadOnlySpan<byte>>? LoweredOperand => upper ? null : operand;

    public override bool TryEval(RowView row, Scratch scratch, out ReadOnlySpan<byte> value)
    {
        if (!operand.TryEval(row, scratch, out ReadOnlySpan<byte> text))
        {
            value = default;
            return false;
        }

        value = Map(text, upper, scratch);
        return true;
    }

    public static ReadOnlySpan<byte> Map(ReadOnlySpan<byte> text, bool upper, Scratch scratch)
    {
        Span<byte> room = scratch.Take(text.Length);
        OperationStatus status = upper ? Ascii.ToUpper(text, room, out _) : Ascii.ToLower(text, room, out _);
        return status == OperationStatus.Done ? room : MapBeyondAscii(text, upper, scratch);
    }

    // The mapping of a code point of 2 bytes may take 3, never worse.
    private static ReadOnlySpan<byte> MapBeyondAscii(ReadOnlySpan<byte> text, bool upper, Scratch scratch)
    {
        Span<byte> room = scratch.Take(text.Length + (text.Length / 2) + 1);
        int length = 0;
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out Rune rune, out int consumed);
            length += (upper ? CaseMapping.ToUpper(rune) : CaseMapping.ToLower(rune)).EncodeToUtf8(room[length..]);
            text = text[consumed..];
        }

        scratch.GiveBack(room.Length - length);
        return room[..length];
    }
}
