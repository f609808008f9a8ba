using Cairn.Core.Tables;

namespace Cairn.Core.Expressions.Native;

/// <summary>word_after(t, word): words are what stands between white space; NULL when the word is not there or is the last.</summary>
internal sealed class WordAfter(Node<ReadOnlySpan<byte>> operand, byte[] word) : TextNode
{
    public static TextNode Of(Node<ReadOnlySpan<byte>> text, byte[] word) =>
        word.Length == 0 || WhiteSpace.IsIn(word) ? new ConstantText([])
        : text is LetterCase { LoweredOperand: { } operand } && FoldedSearch.For(word) is { } search ? new WordAfterFolded(operand, search, word)
        : new WordAfter(text, word);

    public override bool TryEval(RowView row, Scratch scratch, out ReadOnlySpan<byte> value)
    {
        operand.TryEval(row, scratch, out ReadOnlySpan<byte> text);
        return Find(text, word, out value);
    }

    public static bool Find(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word, out ReadOnlySpan<byte> value)
    {
        int from = 0;
        while (text[from..].IndexOf(word) is >= 0 and int found)
        {
            if (Stands(text, from + found, word.Length, out value) is { } there)
            {
                return there;
            }

            from += found + 1;
        }

        value = default;
        return false;
    }

    /// <summary>Whether a word stands here by itself with another after it; null when what stands here is only a part of a word, and the search goes on.</summary>
    public static bool? Stands(ReadOnlySpan<byte> text, int start, int length, out ReadOnlySpan<byte> value)
    {
        value = default;
        int end = start + length;
        if (end == text.Length)
        {
            return false;
        }

        if ((start > 0 && WhiteSpace.LengthBefore(text, start) == 0) || WhiteSpace.LengthAt(text, end) is not (> 0 and int gap))
        {
            return null;
        }

        int next = WhiteSpace.Skip(text, end + gap);
        value = text[next..WhiteSpace.Next(text, next)];
        return !value.IsEmpty;
    }
}

/// <summary>word_after(lower(t), 'a fixed word'): only the word found is put in lower case. White space is the same in t and lower(t).</summary>
internal sealed class WordAfterFolded(Node<ReadOnlySpan<byte>> operand, FoldedSearch search, byte[] word) : TextNode
{
    public override bool TryEval(RowView row, Scratch scratch, out ReadOnlySpan<byte> value)
    {
        operand.TryEval(row, scratch, out ReadOnlySpan<byte> text);
        if (!search.Decides(text))
        {
            return WordAfter.Find(LetterCase.Map(text, upper: false, scratch), word, out value);
        }

        int from = 0;
        while (search.IndexOf(text[from..]) is >= 0 and int found)
        {
            if (WordAfter.Stands(text, from + found, search.Length, out value) is { } there)
            {
                value = !there ? default : LetterCase.IsPlainLower(value) ? value : LetterCase.Map(value, upper: false, scratch);
                return there;
            }

            from += found + 1;
        }

        value = default;
        return false;
    }
}
