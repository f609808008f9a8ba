namespace Cairn.Core.Expressions;

internal enum TokenKind
{
    End,
    Name,
    QuotedName,
    Text,
    Number,
    Parameter,
    Symbol,
}

/// <summary>One word or sign of an expression.</summary>
/// <param name="Text">Its meaning: a name or a text without its quotes, a parameter without its <c>$</c>.</param>
/// <param name="Start">Offset in the expression.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Start, int Length)
{
    public int End => Start + Length;

    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    /// <summary>Keywords and function names are not case-sensitive.</summary>
    public bool IsWord(string word) => Kind == TokenKind.Name && Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
