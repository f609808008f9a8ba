using System.Globalization;

namespace Cairn.RedcapServer.Logic;

/// <summary>Takes logic apart. White space and comments (<c>#</c> or <c>//</c> to the end of the line) are passed over.</summary>
internal sealed class LogicLexer(string text)
{
    private int _at;

    public LogicToken Next()
    {
        PassOver();
        if (_at == text.Length)
        {
            return new LogicToken(LogicTokenKind.End, _at, _at, "");
        }

        int start = _at;
        char c = text[start];
        return c switch
        {
            '[' => Bracket(start),
            '\'' or '"' => Quoted(start, c),
            _ when char.IsAsciiDigit(c) || (c == '.' && start + 1 < text.Length && char.IsAsciiDigit(text[start + 1])) => Number(start),
            _ when IsWord(c) => Word(start),
            _ => Sign(start, c),
        };
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    private void PassOver()
    {
        while (_at < text.Length)
        {
            char c = text[_at];
            if (c == '#' || (c == '/' && _at + 1 < text.Length && text[_at + 1] == '/'))
            {
                int end = text.AsSpan(_at).IndexOfAny('\r', '\n');
                _at = end < 0 ? text.Length : _at + end;
            }
            else if (char.IsWhiteSpace(c))
            {
                _at++;
            }
            else
            {
                return;
            }
        }
    }

    private LogicToken Bracket(int start)
    {
        int end = text.AsSpan(start + 1).IndexOfAny("[]\r\n");
        if (end < 0 || text[start + 1 + end] != ']')
        {
            throw Error(start, "the bracket [ that opens here is not closed: a field is written [name]");
        }

        return Token(LogicTokenKind.Bracket, start, start + end + 2, text.Substring(start + 1, end));
    }

    private LogicToken Quoted(int start, char quote)
    {
        int end = text.IndexOf(quote, start + 1);
        if (end < 0)
        {
            throw Error(start, $"the text that begins here has no closing {quote}");
        }

        return Token(LogicTokenKind.Text, start, end + 1, text[(start + 1)..end]);
    }

    private LogicToken Number(int start)
    {
        int end = Digits(start);

        // Else it would be 2020 less 1 less 1.
        if (end == start + 4 && end + 6 <= text.Length && text[end] == '-' && Digits(end + 1) == end + 3 && text[end + 3] == '-' && Digits(end + 4) == end + 6)
        {
            throw Error(start, $"a date goes into quotes: '{text[start..(end + 6)]}'");
        }

        if (end < text.Length && text[end] == '.')
        {
            end = Digits(end + 1);
        }

        if (end < text.Length && text[end] is 'e' or 'E')
        {
            int power = end + 1 < text.Length && text[end + 1] is '+' or '-' ? end + 2 : end + 1;
            int last = Digits(power);
            end = last > power ? last : end;
        }

        if (end < text.Length && (IsWord(text[end]) || text[end] == '.'))
        {
            throw Error(start, "a number was expected to end here; a text that begins with a digit goes into quotes");
        }

        return Token(LogicTokenKind.Number, start, end, text[start..end]);
    }

    private int Digits(int from)
    {
        int end = from;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end;
    }

    private LogicToken Word(int start)
    {
        int end = start;
        while (end < text.Length && IsWord(text[end]))
        {
            end++;
        }

        string word = text[start..end];
        LogicTokenKind kind = word.Length > 3 ? LogicTokenKind.Word
            : word.Equals("and", StringComparison.OrdinalIgnoreCase) ? LogicTokenKind.And
            : word.Equals("or", StringComparison.OrdinalIgnoreCase) ? LogicTokenKind.Or
            : word.Equals("not", StringComparison.OrdinalIgnoreCase) ? LogicTokenKind.Not
            : LogicTokenKind.Word;
        return Token(kind, start, end, word);
    }

    private LogicToken Sign(int start, char c)
    {
        char next = start + 1 < text.Length ? text[start + 1] : '\0';
        (LogicTokenKind kind, int length) = (c, next) switch
        {
            ('<', '>') or ('!', '=') => (LogicTokenKind.NotEqual, 2),
            ('<', '=') => (LogicTokenKind.LessOrEqual, 2),
            ('>', '=') => (LogicTokenKind.GreaterOrEqual, 2),
            ('=', '=') => throw Error(start, "equality is written with one ="),
            ('=', '<' or '>') => throw Error(start, $"write {next}= instead of ={next}"),
            ('&', _) => throw Error(start, "write `and` instead of &"),
            ('|', _) => throw Error(start, "write `or` instead of |"),
            ('*', '*') => throw Error(start, "a power is written (a)^(b)"),
            ('(', _) => (LogicTokenKind.Open, 1),
            (')', _) => (LogicTokenKind.Close, 1),
            (',', _) => (LogicTokenKind.Comma, 1),
            ('=', _) => (LogicTokenKind.Equal, 1),
            ('<', _) => (LogicTokenKind.Less, 1),
            ('>', _) => (LogicTokenKind.Greater, 1),
            ('+', _) => (LogicTokenKind.Plus, 1),
            ('-', _) => (LogicTokenKind.Minus, 1),
            ('*', _) => (LogicTokenKind.Times, 1),
            ('/', _) => (LogicTokenKind.Divide, 1),
            ('^', _) => (LogicTokenKind.Power, 1),
            ('!', _) => (LogicTokenKind.Not, 1),
            (']', _) => throw Error(start, "this bracket ] closes nothing"),
            ('{' or '}', _) => throw Error(start, "a field is written in square brackets: [name]"),
            ('\u2018' or '\u2019' or '\u201C' or '\u201D' or '\u201E' or '`', _) => throw Error(start, "a text goes into straight quotes, ' or \""),
            ('\u2260', _) => throw Error(start, "not equal is written <>"),
            (';', _) => throw Error(start, "the logic is one expression, and ; has no meaning in it"),
            _ => throw Error(start, $"the character {Shown(start)} has no meaning here"),
        };
        return Token(kind, start, start + length, text.Substring(start, length));
    }

    // What cannot be printed is named by its number, and no half of a character is shown.
    private string Shown(int at)
    {
        char c = text[at];
        bool isHidden = char.IsControl(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format;
        return isHidden ? $"U+{(int)c:X4}" : c.ToString();
    }

    private LogicToken Token(LogicTokenKind kind, int start, int end, string shown)
    {
        _at = end;
        return new LogicToken(kind, start, end, shown);
    }

    private LogicException Error(int position, string what) => LogicException.At(text, position, what);
}
