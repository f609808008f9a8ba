namespace Cairn.Core.Expressions.Patterns;

/// <summary>A set of code points as ranges, in order, without overlaps.</summary>
internal sealed class CharacterSet
{
    public const int Last = 0x10FFFF;

    public static readonly CharacterSet Digits = Of(('0', '9'));
    public static readonly CharacterSet WordCharacters = Of(('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z'));

    /// <summary>RE2's \s: without the vertical tab.</summary>
    public static readonly CharacterSet Spaces = Of(('\t', '\n'), ('\f', '\r'), (' ', ' '));
    public static readonly CharacterSet AllButNewLine = Of(('\n', '\n')).Complement();

    private CharacterSet(IReadOnlyList<(int First, int Last)> ranges) => Ranges = ranges;

    public IReadOnlyList<(int First, int Last)> Ranges { get; }

    public static CharacterSet Of(params IEnumerable<(int First, int Last)> ranges)
    {
        var joined = new List<(int First, int Last)>();
        foreach ((int first, int last) in ranges.Order())
        {
            if (joined.Count > 0 && first <= joined[^1].Last + 1)
            {
                joined[^1] = (joined[^1].First, Math.Max(joined[^1].Last, last));
            }
            else
            {
                joined.Add((first, last));
            }
        }

        return new CharacterSet(joined);
    }

    public CharacterSet Complement()
    {
        var gaps = new List<(int, int)>();
        int next = 0;
        foreach ((int first, int last) in Ranges)
        {
            if (first > next)
            {
                gaps.Add((next, first - 1));
            }

            next = last + 1;
        }

        if (next <= Last)
        {
            gaps.Add((next, Last));
        }

        return new CharacterSet(gaps);
    }

    public bool Has(int point)
    {
        int low = 0;
        int high = Ranges.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            (int first, int last) = Ranges[middle];
            if (point < first)
            {
                high = middle - 1;
            }
            else if (point > last)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }
}
