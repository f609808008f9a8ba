using Cairn.Core.Tables;

namespace Cairn.Core.Expressions.Native;

/// <summary>trim(t): without white space at both ends.</summary>
internal sealed class TrimWhiteSpace(Node<ReadOnlySpan<byte>> operand) : TextNode
{
    public override bool TryEval(RowView row, Scratch scratch, out ReadOnlySpan<byte> value)
    {
        operand.TryEval(row, scratch, out ReadOnlySpan<byte> text);
        value = text[WhiteSpace.Skip(text, 0)..];
        while (!value.IsEmpty && WhiteSpace.LengthBefore(value, value.Length) is > 0 and int length)
        {
            value = value[..^length];
        }

        return !value.IsEmpty;
    }
}

/// <summary>trim(t, chars) with one fixed ASCII character.</summary>
internal sealed class TrimByte(Node<ReadOnlySpan<byte>> operand, byte unwanted) : TextNode
{
    public override bool TryEval(RowView row, Scratch scratch, out ReadOnlySpan<byte> value)
    {
        operand.TryEval(row, scratch, out value);
        int start = 0;
        int end = value.Length;
        while (start < end && value[start] == unwanted)
        {
            start++;
        }

        while (end > start && value[end - 1] == unwanted)
        {
            end--;
        }

        value = value[start..end];
        return start < end;
    }
}

/// <summary>trim(t, chars): without any of the characters at both ends.</summary>
internal sealed class TrimCharacters(Node<ReadOnlySpan<byte>> operand, Node<ReadOnlySpan<byte>> characters) : TextNode
{
    public override bool TryEval(RowView row, Scratch scratch, out ReadOnlySpan<byte> value)
    {
        if (!operand.TryEval(row, scratch, out value) || !characters.TryEval(row, scratch, out ReadOnlySpan<byte> unwanted))
        {
            value = default;
            return false;
        }

        // The bytes of one code point are found in a text only where that code point stands.
        while (!value.IsEmpty && Utf8.LengthOf(value[0]) is int first && unwanted.IndexOf(value[..first]) >= 0)
        {
            value = value[first..];
        }

        while (!value.IsEmpty && LastLength(value) is int last && unwanted.IndexOf(value[^last..]) >= 0)
        {
            value = value[..^last];
        }

        return !value.IsEmpty;
    }

    private static int LastLength(ReadOnlySpan<byte> text)
    {
        int length = 1;
        while ((text[^length] & 0xC0) == 0x80)
        {
            length++;
        }

        return length;
    }
}
