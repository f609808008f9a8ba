using System.Globalization;
using System.Text;
using Cairn.Adapters.DelimitedText;
using Cairn.Core;
using Cairn.Core.Settings;

namespace Cairn.Adapters.Connectors.Delimited;

/// <summary>The words of the settings, and what they mean to the reader and the writer of delimited text.</summary>
internal static class DelimitedSettings
{
    public static readonly KeyShape Path = new("path", SettingShape.Text,
        "A file (plain or gz), a folder (all files of one extension, by name), a pattern such as data/*.csv, or an https address.");

    public static readonly KeyShape Delimiter = new("delimiter", SettingShape.Text,
        "tab, comma, semicolon, pipe, space, or the characters themselves. Without it: comma for .csv, pipe for .psv, otherwise tab.");

    public static readonly KeyShape Quote = new("quote", SettingShape.Text,
        "The quote character, or none when quotes are data. Without it: \" for comma and semicolon, otherwise none.");

    public static readonly KeyShape Encoding = new("encoding", SettingShape.Text, "The encoding's name, such as windows-1252. A byte-order mark in the file wins.", Default: "utf-8");

    private static readonly Dictionary<string, string> Delimiters = new(StringComparer.Ordinal)
    {
        ["tab"] = "\t", ["\\t"] = "\t", ["comma"] = ",", ["semicolon"] = ";", ["pipe"] = "|", ["space"] = " ",
    };

    public static string? TextOf(MapSetting settings, string key) => settings[key] is ScalarSetting { IsNull: false } scalar ? scalar.Text : null;

    public static bool Flag(MapSetting settings, string key, bool otherwise) => TextOf(settings, key) is { } text ? text is "true" or "yes" or "True" or "TRUE" : otherwise;

    public static IReadOnlyList<string>? ListOf(MapSetting settings, string key) =>
        settings[key] is ListSetting list ? [.. list.Items.OfType<ScalarSetting>().Select(item => item.Text)] : null;

    /// <param name="path">Decides when nothing is said.</param>
    public static string DelimiterOf(MapSetting settings, string path)
    {
        if (TextOf(settings, "delimiter") is not { } text)
        {
            string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
            return System.IO.Path.GetExtension(name).ToLowerInvariant() switch { ".csv" => ",", ".psv" => "|", _ => "\t" };
        }

        string delimiter = Delimiters.GetValueOrDefault(text, text);
        return delimiter.Length > 0 && delimiter.AsSpan().IndexOfAny('\r', '\n') < 0 ? delimiter
            : throw Contradiction(settings, "delimiter", "a delimiter is one or more characters other than line ends", "delimiter: tab");
    }

    public static string? QuoteOf(MapSetting settings, string delimiter)
    {
        string? text = TextOf(settings, "quote");
        string? quote = text switch { null => delimiter is "," or ";" ? "\"" : null, "none" or "" => null, "double" => "\"", "single" => "'", _ => text };
        return quote is null || (new StringInfo(quote).LengthInTextElements == 1 && quote is not ("\r" or "\n") && quote != delimiter) ? quote
            : throw Contradiction(settings, "quote", $"a quote is one character and not the delimiter; `{quote}` is not", "quote: none");
    }

    public static Encoding EncodingOf(MapSetting settings, string key = "encoding")
    {
        string name = TextOf(settings, key) ?? "utf-8";
        return Encodings.Named(name) ?? throw new ProblemException(new Problem("delimited/unknown-encoding", ProblemKind.Usage, $"there is no encoding named `{name}`", settings[key]?.Place,
            "write a name such as utf-8, utf-16, iso-8859-1 or windows-1252")
        {
            Hint = DidYouMean.Of(name, Encodings.Names) is { } near ? $"did you mean `{near}`?" : null,
        });
    }

    /// <summary>A number of bytes: 1000, 64KB, 64MB, 2GB (powers of 1024).</summary>
    public static int SizeOf(MapSetting settings, string key, int otherwise)
    {
        if (TextOf(settings, key) is not { } text)
        {
            return otherwise;
        }

        int digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        long unit = digits < 0 ? 1 : text[digits..].Trim().ToUpperInvariant() switch { "B" => 1, "KB" => 1 << 10, "MB" => 1 << 20, "GB" => 1 << 30, _ => 0 };
        return unit > 0 && long.TryParse(digits < 0 ? text : text[..digits], CultureInfo.InvariantCulture, out long number) && number > 0 && number * unit <= 1 << 30
            ? (int)(number * unit)
            : throw Contradiction(settings, key, $"`{key}` is a size up to 1GB, such as 64MB; `{text}` is not", $"{key}: 64MB");
    }

    public static DelimitedFormat FormatOf(MapSetting settings, string path)
    {
        string delimiter = DelimiterOf(settings, path);
        int skip = TextOf(settings, "skip_lines") is { } text ? int.TryParse(text, CultureInfo.InvariantCulture, out int lines) && lines >= 0 ? lines
            : throw Contradiction(settings, "skip_lines", $"`skip_lines` is a number of lines; `{text}` is not", "skip_lines: 1") : 0;
        return new DelimitedFormat
        {
            Separator = delimiter,
            Quote = QuoteOf(settings, delimiter),
            Escape = TextOf(settings, "escape") is { } escape && escape != "none" ? escape : null,
            Encoding = EncodingOf(settings),
            SkipLines = skip,
            Header = Flag(settings, "header", true),
            Ragged = TextOf(settings, "ragged") == "fill" ? Ragged.Fill : Ragged.Refuse,
            LongestRow = SizeOf(settings, "longest_row", new DelimitedFormat().LongestRow),
        };
    }

    public static ProblemException Contradiction(MapSetting settings, string key, string message, string help) =>
        new(new Problem("delimited/setting", ProblemKind.Usage, message, settings[key]?.Place ?? settings.Place, help));
}
