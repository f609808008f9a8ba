using System.Globalization;
using System.Text;

namespace Cairn.Core.Expressions.Patterns;

/// <summary>
/// Reads a pattern of matches(t, pattern): the part of RE2's syntax (github.com/google/re2/wiki/Syntax) that needs no captures and no tables of Unicode.
/// What it accepts means the same to RE2.
/// </summary>
internal sealed class PatternParser
{
    // RE2's own limits: a count, and the product of counts that stand inside each other.
    private const int MostRepeats = 1000;
    private const int DeepestNesting = 50;

    private readonly string _pattern;
    private int _at;
    private int _nesting;
    private int _repeats = 1;

    private PatternParser(string pattern) => _pattern = pattern;

    /// <summary>The pattern's tree; null with a reason and the offset of what is wrong.</summary>
    public static PatternNode? Parse(string pattern, out string reason, out int at)
    {
        var parser = new PatternParser(pattern);
        try
        {
            PatternNode tree = parser.Options();
            if (parser._at < pattern.Length)
            {
                throw parser.Wrong("a ) has no ( before it; write \\) for the character", parser._at);
            }

            (reason, at) = ("", 0);
            return tree;
        }
        catch (PatternException wrong)
        {
            (reason, at) = (wrong.Message, wrong.At);
            return null;
        }
    }

    private PatternNode Options()
    {
        if (++_nesting > DeepestNesting)
        {
            throw Wrong($"brackets stand more than {DeepestNesting} deep", _at);
        }

        var options = new List<PatternNode> { Parts() };
        while (TakeIf('|'))
        {
            options.Add(Parts());
        }

        _nesting--;
        return options.Count == 1 ? options[0] : new Alternatives(options);
    }

    private Sequence Parts()
    {
        var parts = new List<PatternNode>();
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')'))
        {
            parts.Add(Repeated());
        }

        return new Sequence(parts);
    }

    private PatternNode Repeated()
    {
        int start = _at;
        int around = _repeats;
        _repeats = 1;
        PatternNode part = Single();
        int inside = _repeats;
        int sign = _at;
        if (Count() is not { } count)
        {
            _repeats = Math.Max(around, inside);
            return part;
        }

        if (part is TextBegin or TextEnd)
        {
            throw Wrong("^ and $ cannot be repeated", start);
        }

        // Laziness is about which part matches, and here only whether one does is asked.
        TakeIf('?');
        if (_at < _pattern.Length && _pattern[_at] is '*' or '+' or '?' or '{')
        {
            throw Wrong("one repetition follows another; put brackets around the first", _at);
        }

        int times = inside * Math.Max(1, count.Most ?? count.Fewest);
        if (times > MostRepeats)
        {
            throw Wrong($"repeats a part more than {MostRepeats} times", sign);
        }

        _repeats = Math.Max(around, times);
        return new Repeat(part, count.Fewest, count.Most);
    }

    private (int Fewest, int? Most)? Count()
    {
        if (_at == _pattern.Length)
        {
            return null;
        }

        switch (_pattern[_at])
        {
            case '*':
                _at++;
                return (0, null);
            case '+':
                _at++;
                return (1, null);
            case '?':
                _at++;
                return (0, 1);
            case '{':
                return Braces();
            default:
                return null;
        }
    }

    private (int Fewest, int? Most) Braces()
    {
        int start = _at++;
        int? fewest = Number();
        int? most = fewest;
        if (TakeIf(','))
        {
            most = _at < _pattern.Length && _pattern[_at] == '}' ? null : Number() ?? -1;
        }

        if (fewest is null || most < fewest || !TakeIf('}'))
        {
            throw Wrong("a count is written {3}, {3,} or {3,5}; write \\{ for the character", start);
        }

        return fewest > MostRepeats || most > MostRepeats ? throw Wrong($"repeats a part more than {MostRepeats} times", start) : (fewest.Value, most);
    }

    private int? Number()
    {
        int start = _at;
        while (_at < _pattern.Length && char.IsAsciiDigit(_pattern[_at]))
        {
            _at++;
        }

        // Longer than any count that is allowed: as good as any other that is not.
        return _at == start ? null : _at - start > 6 ? MostRepeats + 1 : int.Parse(_pattern.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private PatternNode Single()
    {
        int start = _at;
        switch (_pattern[_at])
        {
            case '(':
                _at++;
                if (TakeIf('?') && !TakeIf(':'))
                {
                    throw Wrong("(?...) is not supported, only (?:...)", start);
                }

                PatternNode inner = Options();
                return TakeIf(')') ? inner : throw Wrong("a ( is not closed; write \\( for the character", start);
            case '^':
                _at++;
                return new TextBegin();
            case '$':
                _at++;
                return new TextEnd();
            case '.':
                _at++;
                return new OneOf(CharacterSet.AllButNewLine);
            case '[':
                return new OneOf(new PatternClass(this).Read());
            case '\\':
                return new OneOf(Escape(inClass: false));
            case '*' or '+' or '?' or '{':
                throw Wrong($"there is nothing before {_pattern[_at]} to repeat; write \\{_pattern[_at]} for the character", _at);
            default:
                int point = Point();
                return new OneOf(CharacterSet.Of((point, point)));
        }
    }

    internal bool AtEnd => _at >= _pattern.Length;

    internal int Position => _at;

    internal char Peek(int ahead = 0) => _at + ahead < _pattern.Length ? _pattern[_at + ahead] : '\0';

    internal bool TakeIf(char c)
    {
        if (_at >= _pattern.Length || _pattern[_at] != c)
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>The code point here; half of a surrogate pair becomes U+FFFD, as it does when the pattern is put into UTF-8.</summary>
    internal int Point()
    {
        bool whole = Rune.TryGetRuneAt(_pattern, _at, out Rune rune);
        _at += whole ? rune.Utf16SequenceLength : 1;
        return whole ? rune.Value : Rune.ReplacementChar.Value;
    }

    /// <summary>What stands after a backslash.</summary>
    internal CharacterSet Escape(bool inClass)
    {
        int start = _at++;
        char c = Peek();
        CharacterSet? set = c switch
        {
            'd' => CharacterSet.Digits,
            'D' => CharacterSet.Digits.Complement(),
            'w' => CharacterSet.WordCharacters,
            'W' => CharacterSet.WordCharacters.Complement(),
            's' => CharacterSet.Spaces,
            'S' => CharacterSet.Spaces.Complement(),
            _ => null,
        };
        if (set is not null)
        {
            _at++;
            return set;
        }

        int point = c switch
        {
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'f' => '\f',
            'v' => '\v',
            'x' => Hexadecimal(start),
            _ when c is < '\x80' and not '_' && (char.IsPunctuation(c) || char.IsSymbol(c)) => c,
            _ when AtEnd => throw Wrong("it ends with a backslash", start),
            'b' or 'B' when !inClass => throw Wrong($"\\{c} is not supported; write (^|\\W) and (\\W|$)", start),
            _ => throw Wrong($"\\{c} is not supported", start),
        };
        _at++;
        return CharacterSet.Of((point, point));
    }

    // \x41 or \x{1F33F}; leaves the position on its last character.
    private int Hexadecimal(int start)
    {
        bool braced = Peek(1) == '{';
        int from = _at + (braced ? 2 : 1);
        int end = braced ? _pattern.IndexOf('}', from) : Math.Min(from + 2, _pattern.Length);
        int point = -1;
        bool read = end > from && end - from <= 6 && (braced || end - from == 2)
            && int.TryParse(_pattern.AsSpan(from, end - from), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out point);
        if (!read || !Rune.IsValid(point))
        {
            throw Wrong("a character by number is written \\x41 or \\x{1F33F}", start);
        }

        _at = braced ? end : end - 1;
        return point;
    }

    internal PatternException Wrong(string reason, int at) => new(reason, at);
}

/// <summary>Carries what is wrong with a pattern up to <see cref="PatternParser.Parse"/>, no further.</summary>
internal sealed class PatternException(string reason, int at) : Exception(reason)
{
    public int At => at;
}
