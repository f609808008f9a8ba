using System.Globalization;
using System.Text.RegularExpressions;
using Cairn.Core.Settings;

namespace Cairn.Core.Flows;

/// <summary>Reads <c>keep:</c>.</summary>
internal static partial class KeepReader
{
    public static Keep Read(Setting? setting, List<Problem> problems)
    {
        if (setting is not MapSetting map)
        {
            return new Keep();
        }

        long? limit = null;
        if (map.Scalar("size_limit") is ScalarSetting written)
        {
            limit = Bytes(written.Text);
            if (limit is null)
            {
                problems.Add(new Problem("flow/size", ProblemKind.Usage, $"`size_limit` takes a size such as 2GB, not `{Shortened.Of(written.Text)}`", written.Place,
                    "write a number with B, kB, MB, GB or TB (thousands: 1 kB is 1000 bytes)"));
            }
        }

        return new Keep(map.Scalar("inputs")?.Text == "true", map.Scalar("outputs")?.Text == "true", limit);
    }

    private static long? Bytes(string text)
    {
        Match match = Size().Match(text);
        if (!match.Success || !decimal.TryParse(match.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
        {
            return null;
        }

        decimal unit = match.Groups[2].Value.ToUpperInvariant() switch { "KB" => 1e3m, "MB" => 1e6m, "GB" => 1e9m, "TB" => 1e12m, _ => 1m };
        return number > long.MaxValue / unit ? null : (long)(number * unit);
    }

    [GeneratedRegex(@"^([0-9]{1,18}(?:\.[0-9]{1,6})?) ?(B|kB|MB|GB|TB)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Size();
}
