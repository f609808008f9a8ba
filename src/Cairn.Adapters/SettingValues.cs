using System.Globalization;
using Cairn.Core;
using Cairn.Core.Settings;

namespace Cairn.Adapters;

/// <summary>Values of a connector's settings. Their forms were checked against the shape; what a shape cannot say is checked here.</summary>
internal static class SettingValues
{
    /// <summary>Null when it is not there or says nothing.</summary>
    public static string? TextOf(this MapSetting settings, string key) => settings[key] is ScalarSetting { IsNull: false } scalar ? scalar.Text : null;

    public static bool Flag(this MapSetting settings, string key, bool otherwise) => settings.TextOf(key) is { } text ? text.ToLowerInvariant() is "true" or "yes" or "on" : otherwise;

    public static IReadOnlyList<string>? ListOf(this MapSetting settings, string key) =>
        settings[key] is ListSetting list ? [.. list.Items.OfType<ScalarSetting>().Select(item => item.Text)] : null;

    public static int NumberOf(this MapSetting settings, string key, int otherwise) => settings.TextOf(key) is not { } text ? otherwise
        : int.TryParse(text, CultureInfo.InvariantCulture, out int number) && number >= 0 ? number
        : throw settings.Wrong(key, $"`{key}` is a number from 0 up; `{text}` is not", $"{key}: {otherwise}");

    /// <summary>A number of bytes: 1000, 64KB, 64MB, 1GB (powers of 1024), at most 1GB.</summary>
    public static int SizeOf(this MapSetting settings, string key, int otherwise)
    {
        if (settings.TextOf(key) is not { } text)
        {
            return otherwise;
        }

        int digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        long unit = digits < 0 ? 1 : text[digits..].Trim().ToUpperInvariant() switch { "B" => 1, "KB" => 1 << 10, "MB" => 1 << 20, "GB" => 1 << 30, _ => 0 };
        return unit > 0 && int.TryParse(digits < 0 ? text : text[..digits], CultureInfo.InvariantCulture, out int number) && number > 0 && number * unit <= 1 << 30
            ? (int)(number * unit)
            : throw settings.Wrong(key, $"`{key}` is a size up to 1GB, such as 64MB; `{text}` is not", $"{key}: 64MB");
    }

    /// <summary>A setting that cannot be taken as it stands, alone or beside another.</summary>
    public static ProblemException Wrong(this MapSetting settings, string key, string message, string help) =>
        new(new Problem("connector/setting", ProblemKind.Usage, message, settings[key]?.Place ?? settings.Place, help));
}
