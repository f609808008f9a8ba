namespace Cairn.RedcapServer.Logic;

/// <summary>Functions of dates. Without a date there is no result.</summary>
internal static class DateFunctions
{
    private const int UnitsArgument = 2;

    // 365.2425 and 30.44 days.
    private const double Year1 = 31_556_952;
    private const double Month1 = 2_630_016;

    public static LogicValue DateDiff(LogicNode[] a, ILogicContext c)
    {
        double unit = Seconds(a[UnitsArgument].Evaluate(c).Text);
        var order = DateOrder.YearFirst;
        bool signed = false;
        for (int i = UnitsArgument + 1; i < a.Length; i++)
        {
            LogicValue option = a[i].Evaluate(c);
            if (!TryOrder(option.Text, ref order))
            {
                signed = IsTrue(option);
            }
        }

        if (unit == 0 || !LogicDate.TryRead(a[0].Evaluate(c), c, order, out LogicDate from) || !LogicDate.TryRead(a[1].Evaluate(c), c, order, out LogicDate to)
            || from.IsTimeAlone != to.IsTimeAlone)
        {
            return LogicValue.NoResult;
        }

        double difference = (to.Moment - from.Moment).TotalSeconds / unit;
        return LogicValue.OfNumber(signed ? difference : Math.Abs(difference));
    }

    /// <summary>Units and options that are written out are looked at before anything is calculated.</summary>
    public static (int Argument, string What)? CheckDateDiff(IReadOnlyList<LogicNode> arguments)
    {
        if (arguments[UnitsArgument] is LiteralNode { Value: var units } && Seconds(units.Text) == 0)
        {
            return (UnitsArgument, "the units of datediff are 'y' (years), 'M' (months), 'd' (days), 'h' (hours), 'm' (minutes) or 's' (seconds)");
        }

        for (int i = UnitsArgument + 1; i < arguments.Count; i++)
        {
            var order = DateOrder.YearFirst;
            if (arguments[i] is LiteralNode { Value: { Kind: LogicKind.Text, Text: var option } } && !TryOrder(option, ref order) && !IsTruth(option))
            {
                return (i, "after the units datediff takes 'ymd', 'mdy' or 'dmy', and true or false for a signed result");
            }
        }

        return null;
    }

    public static LogicValue AgeAtDate(LogicNode[] a, ILogicContext c)
    {
        if (!TryDay(a[0], c, out DateTime birth) || !TryDay(a[1], c, out DateTime date) || date.Date < birth.Date)
        {
            return LogicValue.NoResult;
        }

        (birth, date) = (birth.Date, date.Date);
        int years = date.Year - birth.Year - ((date.Month, date.Day).CompareTo((birth.Month, birth.Day)) < 0 ? 1 : 0);
        if (a.Length == 2 || !IsTrue(a[2].Evaluate(c)))
        {
            return LogicValue.OfNumber(years);
        }

        DateTime birthday = birth.AddYears(years);
        double length = birthday.Year == DateTime.MaxValue.Year ? 365 : (birth.AddYears(years + 1) - birthday).TotalDays;
        return LogicValue.OfNumber(years + ((date - birthday).TotalDays / length));
    }

    public static LogicValue DayOfTheWeek(LogicNode[] a, ILogicContext c) =>
        TryDay(a[0], c, out DateTime day) ? LogicValue.OfNumber((((int)day.DayOfWeek + 6) % 7) + 1) : LogicValue.NoResult;

    public static LogicValue Year(LogicNode[] a, ILogicContext c) => TryDay(a[0], c, out DateTime day) ? LogicValue.OfNumber(day.Year) : LogicValue.NoResult;

    public static LogicValue Month(LogicNode[] a, ILogicContext c) => TryDay(a[0], c, out DateTime day) ? LogicValue.OfNumber(day.Month) : LogicValue.NoResult;

    public static LogicValue Day(LogicNode[] a, ILogicContext c) => TryDay(a[0], c, out DateTime day) ? LogicValue.OfNumber(day.Day) : LogicValue.NoResult;

    private static bool TryDay(LogicNode node, ILogicContext c, out DateTime day)
    {
        bool isDate = LogicDate.TryRead(node.Evaluate(c), c, DateOrder.YearFirst, out LogicDate date) && !date.IsTimeAlone;
        day = date.Moment;
        return isDate;
    }

    // 0 for what is no unit. M and m are different units.
    private static double Seconds(string unit) => unit switch
    {
        "y" => Year1,
        "M" => Month1,
        "d" => 86_400,
        "h" => 3_600,
        "m" => 60,
        "s" => 1,
        _ => 0,
    };

    private static bool TryOrder(string text, ref DateOrder order)
    {
        if (text.Equals("ymd", StringComparison.OrdinalIgnoreCase))
        {
            order = DateOrder.YearFirst;
            return true;
        }

        if (text.Equals("mdy", StringComparison.OrdinalIgnoreCase))
        {
            order = DateOrder.MonthFirst;
            return true;
        }

        if (text.Equals("dmy", StringComparison.OrdinalIgnoreCase))
        {
            order = DateOrder.DayFirst;
            return true;
        }

        return false;
    }

    private static bool IsTruth(string text) =>
        text is "0" or "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase);

    // The word false in quotes is not true.
    private static bool IsTrue(in LogicValue value) =>
        value.Kind == LogicKind.Text ? value.Text == "1" || value.Text.Equals("true", StringComparison.OrdinalIgnoreCase) : value.IsTrue;
}
