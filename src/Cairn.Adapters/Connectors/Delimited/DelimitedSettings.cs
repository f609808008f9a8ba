using System.Globalization;
using System.Text;
using Cairn.Adapters.DelimitedText;
using Cairn.Core;
using Cairn.Core.Settings;

namespace Cairn.Adapters.Connectors.Delimited;

/// <summary>The words of the settings, and what they mean to the reader and the writer of delimited text.</summary>
internal static class DelimitedSettings
{
    public static readonly KeyShape Delimiter = new("delimiter", SettingShape.Text,
        "tab, comma, semicolon, pipe, space, or the characters themselves. Without it: comma for .csv, pipe for .psv, otherwise tab.");

    public static readonly KeyShape Quote = new("quote", SettingShape.Text,
        "The quote character, or none when quotes are data. Without it: \" for comma and semicolon, otherwise none.");

    public static readonly KeyShape Encoding = new("encoding", SettingShape.Text, "The encoding's name, such as windows-1252. A byte-order mark in the file wins.", Default: "utf-8");

    private static readonly Dictionary<string, string> Delimiters = new(StringComparer.Ordinal)
    {
        ["tab"] = "\t",
        ["\\t"] = "\t",
        ["comma"] = ",",
        ["semicolon"] = ";",
        ["pipe"] = "|",
        ["space"] = " ",
    };

    /// <param name="path">Decides when nothing is said.</param>
    public static string DelimiterOf(MapSetting settings, string path)
    {
        if (settings.TextOf("delimiter") is not { } text)
        {
            string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
            return Path.GetExtension(name).ToLowerInvariant() switch { ".csv" => ",", ".psv" => "|", _ => "\t" };
        }

        string delimiter = Delimiters.GetValueOrDefault(text, text);
        return delimiter.Length > 0 && delimiter.AsSpan().IndexOfAny('\r', '\n') < 0 ? delimiter
            : throw settings.Wrong("delimiter", "a delimiter is one or more characters other than line ends", "delimiter: tab");
    }

    public static string? QuoteOf(MapSetting settings, string delimiter)
    {
        string? text = settings.TextOf("quote");
        string? quote = text switch { null => delimiter is "," or ";" ? "\"" : null, "none" or "" => null, "double" => "\"", "single" => "'", _ => text };
        return quote is null || (new StringInfo(quote).LengthInTextElements == 1 && quote is not ("\r" or "\n") && quote != delimiter) ? quote
            : throw settings.Wrong("quote", $"a quote is one character and not the delimiter; `{quote}` is not", "quote: none");
    }

    public static Encoding EncodingOf(MapSetting settings, string key = "encoding")
    {
        string name = settings.TextOf(key) ?? "utf-8";
        return Encodings.Named(name) ?? throw new ProblemException(new Problem("delimited/unknown-encoding", ProblemKind.Usage, $"there is no encoding named `{name}`", settings[key]?.Place,
            "write a name such as utf-8, utf-16, iso-8859-1 or windows-1252")
        {
            Hint = DidYouMean.Of(name, Encodings.Names) is { } near ? $"did you mean `{near}`?" : null,
        });
    }

    public static DelimitedFormat FormatOf(MapSetting settings, string path)
    {
        string delimiter = DelimiterOf(settings, path);
        return new DelimitedFormat
        {
            Separator = delimiter,
            Quote = QuoteOf(settings, delimiter),
            Escape = settings.TextOf("escape") is { } escape && escape != "none" ? escape : null,
            Encoding = EncodingOf(settings),
            SkipLines = settings.NumberOf("skip_lines", 0),
            Header = settings.Flag("header", true),
            Ragged = settings.TextOf("ragged") == "fill" ? Ragged.Fill : Ragged.Refuse,
            LongestRow = settings.SizeOf("longest_row", new DelimitedFormat().LongestRow),
        };
    }
}
