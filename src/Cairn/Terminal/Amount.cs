using System.Globalization;

namespace Cairn.Terminal;

/// <summary>Numbers as people read them: 10,357,547 rows; 6.4 GB; 12.3 s. The same in every locale.</summary>
internal static class Amount
{
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1 row", "2 rows", "0 rows".</summary>
    public static string Of(long number, string one, string? many = null) => $"{Count(number)} {(number == 1 ? one : many ?? one + "s")}";

    /// <summary>Decimal units, as disks and downloads are sold.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => Of(bytes, "byte"),
        < 1_000_000 => Scaled(bytes, 1e3, "kB"),
        < 1_000_000_000 => Scaled(bytes, 1e6, "MB"),
        < 1_000_000_000_000 => Scaled(bytes, 1e9, "GB"),
        _ => Scaled(bytes, 1e12, "TB"),
    };

    public static string Seconds(double seconds) => seconds switch
    {
        < 0.0995 => seconds.ToString("0.000", CultureInfo.InvariantCulture) + " s",
        < 9.95 => seconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        < 119.5 => seconds.ToString("0", CultureInfo.InvariantCulture) + " s",
        < 7199.5 => $"{(long)(seconds + 0.5) / 60} min {(long)(seconds + 0.5) % 60:00} s",
        _ => $"{(long)seconds / 3600} h {(long)seconds % 3600 / 60:00} min",
    };

    /// <summary>A share in percent that never rounds up to all or down to none.</summary>
    public static string Share(long part, long of)
    {
        if (of == 0)
        {
            return "100 %";
        }

        double percent = 100.0 * part / of;
        string text = percent.ToString("0.#", CultureInfo.InvariantCulture);
        if ((text == "100" && part != of) || (text == "0" && part != 0))
        {
            text = percent.ToString("0.####", CultureInfo.InvariantCulture);
            text = text is "100" ? "99.9999" : text is "0" ? "0.0001" : text;
        }

        return text + " %";
    }

    private static string Scaled(long bytes, double unit, string name)
    {
        double scaled = bytes / unit;
        return scaled.ToString(scaled < 9.95 ? "0.0" : "0", CultureInfo.InvariantCulture) + " " + name;
    }
}
