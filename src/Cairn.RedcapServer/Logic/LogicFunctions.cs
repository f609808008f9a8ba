using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Cairn.RedcapServer.Logic;

/// <summary>The table of functions.</summary>
public static class LogicFunctions
{
    public static IReadOnlyList<LogicFunction> All { get; } =
    [
        new("if", "condition, then, else", 3, 3, "One value where the condition is true, the other where it is not.",
            (a, c) => a[0].IsTrue(c) ? a[1].Evaluate(c) : a[2].Evaluate(c)),

        new("datediff", "date1, date2, units, [dateformat], [signed]", 3, 5,
            "From one date or time to the other in 'y' (365.2425 days), 'M' (30.44 days), 'd', 'h', 'm' or 's'; "
            + "with true as last value negative when date2 is earlier.",
            DateFunctions.DateDiff, DateFunctions.CheckDateDiff),
        new("age_at_date", "birth, date, [decimal]", 2, 3,
            "The age in years at a date: completed years, or with true as last value with decimals.", DateFunctions.AgeAtDate),
        new("dayoftheweek", "date", 1, 1, "1 for Monday to 7 for Sunday.", DateFunctions.DayOfTheWeek),
        new("year", "date", 1, 1, "The year of a date.", DateFunctions.Year),
        new("month", "date", 1, 1, "The month of a date, 1 to 12.", DateFunctions.Month),
        new("day", "date", 1, 1, "The day of the month of a date, 1 to 31.", DateFunctions.Day),

        new("round", "number, [places]", 1, 2, "Rounded to so many decimals (0 when not said), halves away from 0.", NumberFunctions.Round),
        new("roundup", "number, [places]", 1, 2, "Rounded up to so many decimals (0 when not said).", NumberFunctions.RoundUp),
        new("rounddown", "number, [places]", 1, 2, "Rounded down to so many decimals (0 when not said).", NumberFunctions.RoundDown),
        new("sqrt", "number", 1, 1, "The square root.", NumberFunctions.SquareRoot),
        new("abs", "number", 1, 1, "The number without its sign.", NumberFunctions.Absolute),
        new("exponential", "number", 1, 1, "e to the power of the number.", NumberFunctions.Exponential),
        new("log", "number, [base]", 1, 2, "The logarithm, natural when no base is given.", NumberFunctions.Logarithm),
        new("mod", "dividend, divisor", 2, 2, "What remains of a division, with the sign of the dividend.", NumberFunctions.Remainder),
        new("min", "number, ...", 1, LogicFunction.Any, "The least of the numbers; blanks do not count.", SetFunctions.Minimum),
        new("max", "number, ...", 1, LogicFunction.Any, "The greatest of the numbers; blanks do not count.", SetFunctions.Maximum),
        new("mean", "number, ...", 1, LogicFunction.Any, "The mean of the numbers; blanks do not count.", SetFunctions.Mean),
        new("median", "number, ...", 1, LogicFunction.Any, "The median of the numbers; blanks do not count.", SetFunctions.Median),
        new("sum", "number, ...", 1, LogicFunction.Any, "The sum of the numbers; blanks do not count, and of blanks alone it is 0.", SetFunctions.Sum),
        new("stdev", "number, ...", 1, LogicFunction.Any,
            "The standard deviation of the numbers as a sample; blanks do not count.", SetFunctions.StandardDeviation),

        new("isnumber", "value", 1, 1, "Whether the value is a number.", ValueFunctions.IsNumber),
        new("isinteger", "value", 1, 1, "Whether the value is a whole number, written without decimals.", ValueFunctions.IsInteger),
        new("isblankormissingcode", "value", 1, 1, "Whether the value is blank or a missing data code.", ValueFunctions.IsBlankOrMissingCode),
        new("isblanknotmissingcode", "value", 1, 1, "Whether the value is blank, and not a missing data code.", ValueFunctions.IsBlankNotMissingCode),
        new("ismissingcode", "value", 1, 1, "Whether the value is a missing data code.", ValueFunctions.IsMissingCode),
        new("hasmissingcode", "value, codes", 2, LogicFunction.Any,
            "Whether the value is one of these missing data codes, which commas part: 'NASK,UNK'.", ValueFunctions.HasMissingCode),

        new("contains", "text, part", 2, 2, "Whether the part is in the text; upper and lower case are the same.", TextFunctions.Contains),
        new("not_contain", "text, part", 2, 2, "Whether the part is not in the text; upper and lower case are the same.", TextFunctions.NotContain),
        new("starts_with", "text, part", 2, 2, "Whether the text begins with the part; upper and lower case are the same.", TextFunctions.StartsWith),
        new("ends_with", "text, part", 2, 2, "Whether the text ends with the part; upper and lower case are the same.", TextFunctions.EndsWith),
        new("find", "part, text", 2, 2,
            "The place of the part in the text, from 1; 0 when it is not there; upper and lower case are the same.", TextFunctions.Find),
        new("left", "text, count", 2, 2, "The first characters of the text.", TextFunctions.Left),
        new("right", "text, count", 2, 2, "The last characters of the text.", TextFunctions.Right),
        new("mid", "text, start, count", 3, 3, "Characters of the text from a place, counted from 1.", TextFunctions.Middle),
        new("length", "text", 1, 1, "The number of characters.", TextFunctions.Length),
        new("trim", "text", 1, 1, "The text without white space at both ends.", TextFunctions.Trim),
        new("upper", "text", 1, 1, "The text in upper case.", TextFunctions.Upper),
        new("lower", "text", 1, 1, "The text in lower case.", TextFunctions.Lower),
        new("replace_text", "text, part, replacement", 3, 3,
            "The text with each occurrence of the part replaced; upper and lower case differ.", TextFunctions.Replace),
        new("concat", "text, ...", 1, LogicFunction.Any, "The texts one after the other.", TextFunctions.Concatenate),
        new("concat_ws", "separator, text, ...", 2, LogicFunction.Any,
            "The texts that are not blank one after the other, with the separator between them.", TextFunctions.ConcatenateSeparated),
    ];

    private static readonly FrozenDictionary<string, LogicFunction> ByName = All.ToFrozenDictionary(f => f.Name, StringComparer.OrdinalIgnoreCase);

    public static bool TryFind(string name, [NotNullWhen(true)] out LogicFunction? function) => ByName.TryGetValue(name, out function);
}
