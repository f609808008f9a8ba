using System.Globalization;
using Cairn.Core;

namespace Cairn.Runs;

/// <summary>Times as people type them: <c>90d</c>, <c>12w</c>, <c>36h</c>, <c>2y</c>, or a date.</summary>
internal static class Ago
{
    public static TimeSpan? Span(string? text, string option) => text is null ? null : Read(text) ?? throw new ProblemException(
        new Problem("usage/time-span", ProblemKind.Usage, $"{option} takes a time such as 90d, and `{text}` is none", Help: $"{option} 90d (h hours, d days, w weeks, y years)"));

    /// <summary>A moment: so long before now, or a date, or a date and time in UTC.</summary>
    public static DateTimeOffset? Since(string? text, DateTimeOffset now)
    {
        if (text is null)
        {
            return null;
        }

        string[] forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'"];
        return DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time
            : Read(text) is { } span ? now - span
            : throw new ProblemException(new Problem("usage/time", ProblemKind.Usage, $"--since takes a date or a time span, and `{text}` is neither", Help: "--since 2026-11-21, or --since 7d"));
    }

    private static TimeSpan? Read(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number > 10_000)
        {
            return null;
        }

        return text[^1] switch
        {
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            'w' => TimeSpan.FromDays(7 * number),
            'y' => TimeSpan.FromDays(365 * number),
            _ => null,
        };
    }
}
