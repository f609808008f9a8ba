namespace Cairn.RedcapServer.Logic;

internal enum LogicTokenKind
{
    End,
    Number,
    Text,
    Word,

    /// <summary>A pair of square brackets with what is between them.</summary>
    Bracket,
    Open,
    Close,
    Comma,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Plus,
    Minus,
    Times,
    Divide,
    Power,
    And,
    Or,
    Not,
}

/// <summary>A piece of logic: <paramref name="Text"/> is what is between quotes or brackets, the word, or the digits.</summary>
internal readonly record struct LogicToken(LogicTokenKind Kind, int Start, int End, string Text);
