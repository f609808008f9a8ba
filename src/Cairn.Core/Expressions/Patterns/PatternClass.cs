namespace Cairn.Core.Expressions.Patterns;

/// <summary>Reads <c>[...]</c>.</summary>
internal readonly struct PatternClass(PatternParser pattern)
{
    public CharacterSet Read()
    {
        int start = pattern.Position;
        pattern.TakeIf('[');
        bool negated = pattern.TakeIf('^');
        var ranges = new List<(int, int)>();
        bool first = true;
        while (first || pattern.Peek() != ']')
        {
            if (pattern.AtEnd)
            {
                throw pattern.Wrong("a [ is not closed; write \\[ for the character", start);
            }

            if (pattern.Peek() == '[' && pattern.Peek(1) is ':' or '.' or '=')
            {
                throw pattern.Wrong("named classes such as [:alpha:] are not supported; write a-zA-Z", pattern.Position);
            }

            ranges.AddRange(Item(first));
            first = false;
        }

        pattern.TakeIf(']');
        var set = CharacterSet.Of(ranges);
        return negated ? set.Complement() : set;
    }

    private IEnumerable<(int, int)> Item(bool first)
    {
        int start = pattern.Position;
        if (pattern.Peek() == '-' && !first && pattern.Peek(1) is not (']' or '\0'))
        {
            throw pattern.Wrong("a - that is no range stands first or last in [...]; or write \\-", start);
        }

        CharacterSet low = Member();
        if (pattern.Peek() != '-' || pattern.Peek(1) is ']' or '\0')
        {
            return low.Ranges;
        }

        pattern.TakeIf('-');
        CharacterSet high = Member();
        if (low.Ranges is not [var from] || from.First != from.Last || high.Ranges is not [var to] || to.First != to.Last || to.First < from.First)
        {
            throw pattern.Wrong("a range goes from one character to a later one, such as a-z", start);
        }

        return [(from.First, to.Last)];
    }

    private CharacterSet Member()
    {
        if (pattern.Peek() == '\\')
        {
            return pattern.Escape(inClass: true);
        }

        int point = pattern.Point();
        return CharacterSet.Of((point, point));
    }
}
