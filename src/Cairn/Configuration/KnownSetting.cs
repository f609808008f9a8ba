using System.Globalization;
using Cairn.Core.Settings;

namespace Cairn.Configuration;

/// <summary>A setting Cairn knows: where it may stand, what it may be, what it is when nobody says.</summary>
/// <param name="BuiltIn">Of a project's folder.</param>
/// <param name="Wrong">What is wrong with a value, as the end of a sentence; null when it will do.</param>
internal sealed record KnownSetting(string Name, string About, Func<string, string> BuiltIn, Func<string, string?> Wrong)
{
    /// <summary>A path: relative to the folder of the file that says it, or to the current folder.</summary>
    public bool IsPath { get; init; }

    public string Variable => "CAIRN_" + Name.ToUpperInvariant();

    public static IReadOnlyList<KnownSetting> All { get; } =
    [
        new("project", "The project's name", folder => Path.GetFileName(folder.TrimEnd(Path.DirectorySeparatorChar)) is { Length: > 0 } name ? name : "project", NotBlank),
        new("store", "Folder where runs, their index and the archive are kept", folder => Path.Combine(folder, Project.StoreName), NotBlank) { IsPath = true },
        new("memory", "What reading and the working tables may hold: a size such as 2GB, or a share of this machine's memory", _ => "25%", text => MemorySize.Bytes(text, 1L << 40) is null ? "is a size such as 2GB or a share such as 25%" : null),
        new("temp", "Folder for working tables; without it they are in the run's folder", _ => "", _ => null) { IsPath = true },
        new("keep", "What runs keep where the flow does not say: runs (folders only), inputs, outputs or all", _ => "runs", text => text is "runs" or "inputs" or "outputs" or "all" ? null : "is runs, inputs, outputs or all"),
        new("color", "auto (on a terminal), always or never", _ => "auto", text => text is "auto" or "always" or "never" ? null : "is auto, always or never"),
    ];

    /// <summary>The shape of cairn.yaml and its kin, for the check and for editors.</summary>
    public static ObjectShape FileShape { get; } = SettingShape.Object("a project file",
        [.. All.Select(s => new KeyShape(s.Name, SettingShape.Text, s.About))]) with
    { Help = "cairn config --origin" };

    private static string? NotBlank(string text) => text.Length == 0 ? "cannot be blank" : null;
}

/// <summary>"2GB" or "25%".</summary>
internal static class MemorySize
{
    private const long Least = 64L * 1024 * 1024;

    /// <summary>Bytes; null when it is neither a size nor a share, or too small to work with. Units are powers of 1000, as in flow files.</summary>
    public static long? Bytes(string text, long machine)
    {
        string plain = text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        (string number, decimal unit) = plain switch
        {
            [.. var n, '%'] => (n, machine / 100m),
            [.. var n, 'K', 'B'] => (n, 1e3m),
            [.. var n, 'M', 'B'] => (n, 1e6m),
            [.. var n, 'G', 'B'] => (n, 1e9m),
            [.. var n, 'T', 'B'] => (n, 1e12m),
            [.. var n, 'B'] => (n, 1m),
            _ => (plain, 1m),
        };
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) || value > 1e12m || (plain.EndsWith('%') && value > 100))
        {
            return null;
        }

        decimal bytes = value * unit;
        return bytes < Least || bytes > long.MaxValue ? null : (long)bytes;
    }
}
