using System.Text;

namespace Cairn.Core.Expressions;

/// <summary>Cuts an expression into words and signs. Takes time in proportion to the text, whatever the text is.</summary>
internal static class Tokenizer
{
    // Two-character signs first, so that "<=" is not read as "<".
    private static readonly string[] Symbols = ["<>", "!=", "<=", ">=", "||", "=", "<", ">", "(", ")", ",", "+", "-", "*"];

    /// <summary>The tokens, ending with one of kind End; null when the text cannot be cut, with a problem added.</summary>
    public static List<Token>? Cut(string text, ExpressionPlaces places, List<Problem> problems)
    {
        var tokens = new List<Token>();
        int at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at == text.Length)
            {
                tokens.Add(new Token(TokenKind.End, "", at, 0));
                return tokens;
            }

            if (Next(text, at) is not { } token)
            {
                problems.Add(Unreadable(text, at, places));
                return null;
            }

            tokens.Add(token);
            at = token.End;
        }
    }

    private static Token? Next(string text, int at)
    {
        char c = text[at];
        if (c is '\'' or '"')
        {
            return Quoted(text, at, c, c == '"' ? TokenKind.QuotedName : TokenKind.Text);
        }

        if (c == '$')
        {
            int end = EndOfName(text, at + 1);
            return end == at + 1 ? null : new Token(TokenKind.Parameter, text[(at + 1)..end], at, end - at);
        }

        if (char.IsAsciiDigit(c))
        {
            int end = EndOfNumber(text, at);
            return end < text.Length && IsNamePart(text[end]) ? null : new Token(TokenKind.Number, text[at..end], at, end - at);
        }

        if (IsNamePart(c))
        {
            int end = EndOfName(text, at);
            return new Token(TokenKind.Name, text[at..end], at, end - at);
        }

        foreach (string symbol in Symbols)
        {
            if (string.CompareOrdinal(text, at, symbol, 0, symbol.Length) == 0)
            {
                return new Token(TokenKind.Symbol, symbol, at, symbol.Length);
            }
        }

        return null;
    }

    private static Token? Quoted(string text, int at, char quote, TokenKind kind)
    {
        var value = new StringBuilder();
        for (int i = at + 1; i < text.Length; i++)
        {
            if (text[i] != quote)
            {
                value.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == quote)
            {
                value.Append(quote);
                i++;
            }
            else
            {
                return new Token(kind, value.ToString(), at, i + 1 - at);
            }
        }

        return null;
    }

    private static int EndOfNumber(string text, int at)
    {
        int end = EndOfDigits(text, at);
        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
        {
            end = EndOfDigits(text, end + 1);
        }

        if (end < text.Length && text[end] is 'e' or 'E')
        {
            int sign = end + 1 < text.Length && text[end + 1] is '+' or '-' ? 1 : 0;
            int digits = EndOfDigits(text, end + 1 + sign);
            if (digits > end + 1 + sign)
            {
                end = digits;
            }
        }

        return end;
    }

    private static int EndOfDigits(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    private static int EndOfName(string text, int at)
    {
        while (at < text.Length && IsNamePart(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>Letters, digits and underscores of any script; a name does not begin with a digit from 0 to 9.</summary>
    internal static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static Problem Unreadable(string text, int at, ExpressionPlaces places)
    {
        char c = text[at];
        Problem Of(string message, string? help, int length = 1) => new("expression/unreadable", ProblemKind.Usage, message, places.At(at, length), help);
        return c switch
        {
            '\'' => new("expression/unclosed-text", ProblemKind.Usage, "a text begins with ' and has no closing '", places.At(at, text.Length - at),
                "close it with '; a ' inside a text is written twice: 'O''Brien'"),
            '"' => new("expression/unclosed-name", ProblemKind.Usage, "a column's name begins with \" and has no closing \"", places.At(at, text.Length - at),
                "close it with \"; texts stand in single quotes: 'CC0'"),
            '$' => Of("a $ is not followed by a parameter's name", text.AsSpan(at).StartsWith("${") ? "in expressions a parameter is written $name, without braces" : "write $name"),
            '\u2018' or '\u2019' or '\u201C' or '\u201D' => Of($"{c} is a typographic quote", "write texts in straight single quotes: 'CC0'"),
            '/' => Of("there is no division", "compare with a product, or divide in a sql step"),
            '!' => Of("! is not an operator", "write not, or <> for \"is not equal\""),
            '&' => Of("& is not an operator", "write and"),
            '|' => Of("| is not an operator", "write or; || joins texts"),
            '[' or ']' => Of($"{c} has no meaning here", "columns are written bare or in double quotes: \"my column\""),
            '.' => Of("a name with a dot must be quoted", "write the column in double quotes: \"my.column\""),
            _ when char.IsAsciiDigit(c) => Of("a number runs into letters", "put a column's name that begins with a digit in double quotes", EndOfName(text, at) - at),
            _ => Of($"{Shown(c)} has no meaning in an expression", "texts stand in single quotes, columns with unusual names in double quotes"),
        };
    }

    private static string Shown(char c) => char.IsControl(c) || char.IsSurrogate(c) ? $"the character U+{(int)c:X4}" : c.ToString();
}
