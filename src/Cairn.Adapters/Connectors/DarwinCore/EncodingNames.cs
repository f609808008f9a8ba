using System.Text;
using Cairn.Adapters.DelimitedText;

namespace Cairn.Adapters.Connectors.DarwinCore;

/// <summary>Names of encodings as descriptors have them, which are not always those of the registry (IANA).</summary>
internal static class EncodingNames
{
    public static Encoding? Of(string name) => Encodings.Named(name) ?? name.Trim().ToLowerInvariant().Replace('_', '-') switch
    {
        "utf8" or "utf-8-bom" or "utf8-bom" => new UTF8Encoding(false),
        "utf16" or "utf-16-le" or "utf16le" => Encoding.Unicode,
        "utf16be" or "utf-16-be" => Encoding.BigEndianUnicode,
        "latin-1" or "iso8859-1" or "iso-latin-1" or "iso88591" => Encoding.Latin1,
        "cp1252" or "cp-1252" or "windows1252" or "win-1252" or "win1252" or "ansi" => Encodings.Named("windows-1252"),
        "ascii" => Encoding.ASCII,
        "macroman" or "mac-roman" => Encodings.Named("macintosh"),
        _ => null,
    };
}
