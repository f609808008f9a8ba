namespace Cairn.RedcapServer.Logic;

/// <summary>The order of day, month and year in a date that is not written year first.</summary>
internal enum DateOrder
{
    YearFirst,
    MonthFirst,
    DayFirst,
}

/// <summary>
/// A date, a date with time, or a time alone, as fields store them: <c>YYYY-MM-DD</c>, <c>YYYY-MM-DD HH:MM</c>, <c>YYYY-MM-DD HH:MM:SS</c>, <c>HH:MM</c>,
/// <c>HH:MM:SS</c>; or <c>today</c> (at midnight) and <c>now</c>.
/// </summary>
internal readonly record struct LogicDate(DateTime Moment, bool IsTimeAlone)
{
    private const int DateLength = 10;

    /// <param name="value">What should be a date.</param>
    /// <param name="context">Knows what time it is.</param>
    /// <param name="order">Whether month-day-year or day-month-year, with <c>-</c>, <c>/</c> or <c>.</c>, is a date too.</param>
    /// <param name="date">The date.</param>
    public static bool TryRead(in LogicValue value, ILogicContext context, DateOrder order, out LogicDate date)
    {
        date = default;
        if (value.Kind != LogicKind.Text)
        {
            return false;
        }

        ReadOnlySpan<char> text = value.Text.AsSpan().Trim();
        if (text.Equals("today", StringComparison.OrdinalIgnoreCase))
        {
            date = new LogicDate(context.Now.Date, false);
            return true;
        }

        if (text.Equals("now", StringComparison.OrdinalIgnoreCase))
        {
            DateTime now = context.Now;
            date = new LogicDate(now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)), false);
            return true;
        }

        if (text.Length < DateLength)
        {
            bool isTime = TryTime(text, out TimeSpan alone);
            date = new LogicDate(DateTime.MinValue + alone, true);
            return isTime;
        }

        TimeSpan time = default;
        if (!TryDate(text[..DateLength], order, out DateTime day)
            || (text.Length > DateLength && (text[DateLength] != ' ' || !TryTime(text[(DateLength + 1)..], out time))))
        {
            return false;
        }

        date = new LogicDate(day + time, false);
        return true;
    }

    private static bool TryDate(ReadOnlySpan<char> text, DateOrder order, out DateTime day)
    {
        day = default;
        int year, month, date;
        if (text[4] == '-' && text[7] == '-')
        {
            (year, month, date) = (Number(text[..4]), Number(text[5..7]), Number(text[8..]));
        }
        else if (order != DateOrder.YearFirst && text[2] is '-' or '/' or '.' && text[5] == text[2])
        {
            int first = Number(text[..2]);
            int second = Number(text[3..5]);
            year = Number(text[6..]);
            (month, date) = order == DateOrder.MonthFirst ? (first, second) : (second, first);
        }
        else
        {
            return false;
        }

        if (year < 1 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        day = new DateTime(year, month, date);
        return true;
    }

    private static bool TryTime(ReadOnlySpan<char> text, out TimeSpan time)
    {
        time = default;
        if (text.Length is not (5 or 8) || text[2] != ':' || (text.Length == 8 && text[5] != ':'))
        {
            return false;
        }

        (int hours, int minutes, int seconds) = (Number(text[..2]), Number(text[3..5]), text.Length == 8 ? Number(text[6..]) : 0);
        time = new TimeSpan(hours, minutes, seconds);
        return hours is >= 0 and < 24 && minutes is >= 0 and < 60 && seconds is >= 0 and < 60;
    }

    // -1 when there is anything but digits.
    private static int Number(ReadOnlySpan<char> digits)
    {
        int number = 0;
        foreach (char c in digits)
        {
            if (!char.IsAsciiDigit(c))
            {
                return -1;
            }

            number = (number * 10) + (c - '0');
        }

        return number;
    }
}
