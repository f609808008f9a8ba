using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Cairn.Core.Tables;

namespace Cairn.Core.Expressions.Native;

/// <summary>lower(t) and upper(t): each code point by itself (Unicode's simple mappings), so without regard to language or position.</summary>
internal sealed class LetterCase(Node<ReadOnlySpan<byte>> operand, bool upper) : TextNode
{
    private const ulong EachByte = 0x0101_0101_0101_0101;

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

    /// <summary>True when lower(t) is t because t holds neither a capital of ASCII nor anything beyond ASCII; quick for short texts.</summary>
    public static bool IsPlainLower(ReadOnlySpan<byte> text)
    {
        if (text.Length < sizeof(ulong))
        {
            foreach (byte b in text)
            {
                if (b >= 0x80 || (uint)(b - 'A') <= 'Z' - 'A')
                {
                    return false;
                }
            }

            return true;
        }

        ulong met = 0;
        for (int at = 0; at < text.Length; at += sizeof(ulong))
        {
            // Eight bytes at once. In bytes below 128 a sum reaches the top bit from 'A' on, another from '[' on: between them are the capitals.
            ulong eight = BinaryPrimitives.ReadUInt64LittleEndian(text[Math.Min(at, text.Length - sizeof(ulong))..]);
            met |= eight | ((eight + EachByte * (0x80 - 'A')) & ~(eight + EachByte * (0x80 - '[')));
        }

        return (met & (EachByte * 0x80)) == 0;
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
