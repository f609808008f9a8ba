namespace Cairn.RedcapServer.Logic;

/// <summary>Functions that say what a value is.</summary>
internal static class ValueFunctions
{
    public static LogicValue IsNumber(LogicNode[] a, ILogicContext c)
    {
        LogicValue value = a[0].Evaluate(c);
        return LogicValue.OfTruth(value.Kind is LogicKind.Number or LogicKind.Text && value.TryNumber(out _));
    }

    public static LogicValue IsInteger(LogicNode[] a, ILogicContext c)
    {
        LogicValue value = a[0].Evaluate(c);
        if (value.Kind == LogicKind.Number)
        {
            return LogicValue.OfTruth(value.TryNumber(out double number) && Math.Truncate(number) == number);
        }

        ReadOnlySpan<char> digits = value.Kind == LogicKind.Text ? value.Text : "";
        if (digits.Length > 1 && digits[0] is '-' or '+')
        {
            digits = digits[1..];
        }

        return LogicValue.OfTruth(digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9'));
    }

    public static LogicValue IsBlankOrMissingCode(LogicNode[] a, ILogicContext c)
    {
        LogicValue value = a[0].Evaluate(c);
        return LogicValue.OfTruth(value.IsBlank || IsCode(value, c));
    }

    public static LogicValue IsBlankNotMissingCode(LogicNode[] a, ILogicContext c) => LogicValue.OfTruth(a[0].Evaluate(c).IsBlank);

    public static LogicValue IsMissingCode(LogicNode[] a, ILogicContext c) => LogicValue.OfTruth(IsCode(a[0].Evaluate(c), c));

    public static LogicValue HasMissingCode(LogicNode[] a, ILogicContext c)
    {
        LogicValue value = a[0].Evaluate(c);
        if (!IsCode(value, c))
        {
            return LogicValue.OfTruth(false);
        }

        string code = value.Text;
        for (int i = 1; i < a.Length; i++)
        {
            ReadOnlySpan<char> listed = a[i].Evaluate(c).Text;
            foreach (Range one in listed.Split(','))
            {
                if (listed[one].Trim().SequenceEqual(code))
                {
                    return LogicValue.OfTruth(true);
                }
            }
        }

        return LogicValue.OfTruth(false);
    }

    private static bool IsCode(in LogicValue value, ILogicContext c) => value.Kind is LogicKind.Text or LogicKind.Number && c.IsMissingCode(value.Text);
}
