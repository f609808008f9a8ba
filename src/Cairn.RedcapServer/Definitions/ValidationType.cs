using System.Globalization;
using System.Text.RegularExpressions;

namespace Cairn.RedcapServer.Definitions;

/// <summary>The order of day, month and year in imported dates.</summary>
public enum DateOrder
{
    YearMonthDay,
    MonthDayYear,
    DayMonthYear,
}

/// <summary>The validation of a text field: which texts are values, and how they are stored.</summary>
public static partial class ValidationType
{
    /// <summary>The words in which older dictionaries and project XML say some validations.</summary>
    public static string Canonical(string validation) => validation switch
    {
        "int" => "integer",
        "float" => "number",
        "date" => "date_ymd",
        "datetime" => "datetime_ymd",
        "datetime_seconds" => "datetime_seconds_ymd",
        _ => validation,
    };

    /// <summary>Whether this server knows what the values of such a field look like.</summary>
    public static bool IsKnown(string validation) => Pattern(validation) is not null
        || validation is "date_dmy" or "date_mdy" or "date_ymd" or "datetime_dmy" or "datetime_mdy" or "datetime_ymd"
            or "datetime_seconds_dmy" or "datetime_seconds_mdy" or "datetime_seconds_ymd";

    /// <summary>The value as it is stored; null when it is none. A validation this server does not know takes everything.</summary>
    public static string? Stored(string validation, string value, DateOrder order)
    {
        validation = Canonical(validation);
        if (validation.StartsWith("date", StringComparison.Ordinal))
        {
            string form = validation.StartsWith("datetime_seconds", StringComparison.Ordinal) ? "HH:mm:ss" : validation.StartsWith("datetime", StringComparison.Ordinal) ? "HH:mm" : "";
            return DateTimeText(value.Trim(), order, form);
        }

        return Pattern(validation) is { } pattern && !pattern.IsMatch(value) ? null : value;
    }

    private static string? DateTimeText(string value, DateOrder order, string time)
    {
        int space = value.IndexOfAny([' ', 'T']);
        string date = space < 0 ? value : value[..space];
        if ((space < 0) != (time.Length == 0) || DateText(date, order) is not { } day)
        {
            return null;
        }

        if (time.Length == 0)
        {
            return day;
        }

        string clock = value[(space + 1)..];
        string[] forms = time == "HH:mm" ? ["H:mm", "HH:mm"] : ["H:mm:ss", "HH:mm:ss"];
        return TimeOnly.TryParseExact(clock, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly at) ? $"{day} {at.ToString(time, CultureInfo.InvariantCulture)}" : null;
    }

    /// <summary>A date in the order of the import, or, whatever that is, with the year first; parts parted by dash, slash or full stop.</summary>
    private static string? DateText(string date, DateOrder order)
    {
        string[] parts = date.Split('-', '/', '.');
        if (parts.Length != 3 || parts.Any(p => p.Length is 0 or > 4 || !p.All(char.IsAsciiDigit)))
        {
            return null;
        }

        (string year, string month, string day) = parts[0].Length == 4 ? (parts[0], parts[1], parts[2])
            : order == DateOrder.MonthDayYear ? (parts[2], parts[0], parts[1])
            : order == DateOrder.DayMonthYear ? (parts[2], parts[1], parts[0])
            : ("", "", "");
        if (year.Length != 4 || month.Length > 2 || day.Length > 2)
        {
            return null;
        }

        string text = $"{year}-{month.PadLeft(2, '0')}-{day.PadLeft(2, '0')}";
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text : null;
    }

    private static Regex? Pattern(string validation) => validation switch
    {
        "integer" => Integer(),
        "number" => Number(),
        "number_1dp" => Number1(),
        "number_2dp" => Number2(),
        "number_3dp" => Number3(),
        "number_4dp" => Number4(),
        "number_comma_decimal" => NumberComma(),
        "number_1dp_comma_decimal" => NumberComma1(),
        "number_2dp_comma_decimal" => NumberComma2(),
        "number_3dp_comma_decimal" => NumberComma3(),
        "number_4dp_comma_decimal" => NumberComma4(),
        "email" => Email(),
        "phone" => Phone(),
        "phone_australia" => PhoneAustralia(),
        "phone_uk" => PhoneUk(),
        "zipcode" => Zip(),
        "postalcode_australia" => FourDigits(),
        "postalcode_canada" => PostalCanada(),
        "postalcode_french" or "postalcode_germany" => FiveDigits(),
        "ssn" => Ssn(),
        "time" => Time(),
        "time_hh_mm_ss" => TimeSeconds(),
        "time_mm_ss" => MinutesSeconds(),
        "vmrn" => Vmrn(),
        "mrn_10d" => TenDigits(),
        "mrn_generic" => MrnGeneric(),
        "alpha_only" => Alpha(),
        _ => null,
    };

    private const RegexOptions Plain = RegexOptions.CultureInvariant;

    [GeneratedRegex(@"^[-+]?\d+\z", Plain)]
    private static partial Regex Integer();

    [GeneratedRegex(@"^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\z", Plain)]
    private static partial Regex Number();

    [GeneratedRegex(@"^-?\d+\.\d\z", Plain)]
    private static partial Regex Number1();

    [GeneratedRegex(@"^-?\d+\.\d{2}\z", Plain)]
    private static partial Regex Number2();

    [GeneratedRegex(@"^-?\d+\.\d{3}\z", Plain)]
    private static partial Regex Number3();

    [GeneratedRegex(@"^-?\d+\.\d{4}\z", Plain)]
    private static partial Regex Number4();

    [GeneratedRegex(@"^[-+]?(\d+,?\d*|,\d+)\z", Plain)]
    private static partial Regex NumberComma();

    [GeneratedRegex(@"^-?\d+,\d\z", Plain)]
    private static partial Regex NumberComma1();

    [GeneratedRegex(@"^-?\d+,\d{2}\z", Plain)]
    private static partial Regex NumberComma2();

    [GeneratedRegex(@"^-?\d+,\d{3}\z", Plain)]
    private static partial Regex NumberComma3();

    [GeneratedRegex(@"^-?\d+,\d{4}\z", Plain)]
    private static partial Regex NumberComma4();

    [GeneratedRegex(@"^[^\s@<>""(),:;\[\]\\]+@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}\z", Plain)]
    private static partial Regex Email();

    [GeneratedRegex(@"^(\+?1[-. ]?)?\(?[2-9]\d{2}\)?[-. ]?\d{3}[-. ]?\d{4}(\s*(x|ext\.?)\s*\d+)?\z", Plain | RegexOptions.IgnoreCase)]
    private static partial Regex Phone();

    [GeneratedRegex(@"^(\(0[2-8]\)|0[2-8])\s*\d{4}\s*\d{4}\z", Plain)]
    private static partial Regex PhoneAustralia();

    [GeneratedRegex(@"^(\+44|0)[\d ()-]{9,14}\z", Plain)]
    private static partial Regex PhoneUk();

    [GeneratedRegex(@"^\d{5}(-\d{4})?\z", Plain)]
    private static partial Regex Zip();

    [GeneratedRegex(@"^\d{4}\z", Plain)]
    private static partial Regex FourDigits();

    [GeneratedRegex(@"^\d{5}\z", Plain)]
    private static partial Regex FiveDigits();

    [GeneratedRegex(@"^\d{10}\z", Plain)]
    private static partial Regex TenDigits();

    [GeneratedRegex(@"^[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d\z", Plain | RegexOptions.IgnoreCase)]
    private static partial Regex PostalCanada();

    [GeneratedRegex(@"^\d{3}-\d{2}-\d{4}\z", Plain)]
    private static partial Regex Ssn();

    [GeneratedRegex(@"^([01]?\d|2[0-3]):[0-5]\d\z", Plain)]
    private static partial Regex Time();

    [GeneratedRegex(@"^([01]?\d|2[0-3]):[0-5]\d:[0-5]\d\z", Plain)]
    private static partial Regex TimeSeconds();

    [GeneratedRegex(@"^[0-5]\d:[0-5]\d\z", Plain)]
    private static partial Regex MinutesSeconds();

    [GeneratedRegex(@"^\d{4,9}\z", Plain)]
    private static partial Regex Vmrn();

    [GeneratedRegex(@"^[A-Za-z0-9_-]+\z", Plain)]
    private static partial Regex MrnGeneric();

    [GeneratedRegex(@"^[A-Za-z]+\z", Plain)]
    private static partial Regex Alpha();
}
