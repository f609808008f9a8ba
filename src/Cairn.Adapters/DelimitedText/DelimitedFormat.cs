using System.Text;

namespace Cairn.Adapters.DelimitedText;

/// <summary>What is done with rows that have fewer or more fields than the table.</summary>
public enum Ragged
{
    /// <summary>The row is refused, with the counts.</summary>
    Refuse,

    /// <summary>Missing fields are blank, fields too many are left out; both are counted and reported.</summary>
    Fill,
}

/// <summary>
/// How a delimited text is written. Line ends are not part of it: LF and CRLF end a row in any text, also mixed; a CR alone does so only in a
/// text whose first 64 KB hold no LF (in such a text CR, LF and CRLF all end rows).
/// </summary>
public sealed record DelimitedFormat
{
    public static readonly DelimitedFormat Tsv = new();
    public static readonly DelimitedFormat Csv = new() { Separator = ",", Quote = "\"" };

    /// <summary>What stands between two fields: usually one character, more are allowed.</summary>
    public string Separator { get; init; } = "\t";

    /// <summary>
    /// The quote character; null when quotes are data. A field is quoted when it begins with the quote and its closing quote stands before a
    /// separator or line end; a doubled quote inside stands for one; line ends inside are data. Any other field is taken as written, quotes and all.
    /// </summary>
    public string? Quote { get; init; }

    /// <summary>Takes its special meaning from a separator, quote, line end or escape that follows; before anything else it is data. Null for none.</summary>
    public string? Escape { get; init; }

    /// <summary>A byte-order mark in the file wins over this.</summary>
    public Encoding Encoding { get; init; } = Encoding.UTF8;

    /// <summary>Lines at the start of each file that are left out, before the header.</summary>
    public int SkipLines { get; init; }

    /// <summary>Each file has a header row with the columns' names (after the lines skipped).</summary>
    public bool Header { get; init; } = true;

    public Ragged Ragged { get; init; }

    /// <summary>A longer row is refused as a whole, in bytes of UTF-8.</summary>
    public int LongestRow { get; init; } = 64 << 20;

    /// <summary>How much text is scanned at once. Results do not depend on it, which the tests hold it to.</summary>
    internal int BlockBytes { get; init; } = 512 << 10;
}
