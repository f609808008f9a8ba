using System.IO.Compression;
using System.Text;

namespace Cairn.Peeking;

/// <summary>The first line of a text file, from which peek guesses how it is delimited. Flows never guess; they say.</summary>
internal sealed record HeaderLine(string Text)
{
    private const int Longest = 64 * 1024;
    private static readonly (char Character, string Name)[] Delimiters = [('\t', "tab"), (',', "comma"), (';', "semicolon"), ('|', "pipe")];

    public static HeaderLine Of(string path)
    {
        using FileStream file = File.OpenRead(path);
        using Stream stream = FileKind.IsGzip(path) ? new GZipStream(file, CompressionMode.Decompress) : file;
        var bytes = new byte[Longest];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        int end = bytes.AsSpan(0, length).IndexOfAny((byte)'\n', (byte)'\r');
        return new HeaderLine(Encoding.UTF8.GetString(bytes, 0, end < 0 ? length : end));
    }

    /// <summary>The delimiter that occurs most outside quotes (tab when none does), and whether fields are quoted.</summary>
    public (string Delimiter, bool Quoted) Look()
    {
        (char character, string name) = Delimiters.MaxBy(d => CountOutsideQuotes(d.Character));
        bool quotedHeader = Text.TrimStart('\ufeff').StartsWith('"') || Text.Contains($"{character}\"", StringComparison.Ordinal);

        // Tab-separated releases seldom quote, and a lone quotation mark in a cell is then data; comma-separated files nearly always may.
        return (name, quotedHeader || character is ',' or ';');
    }

    private int CountOutsideQuotes(char delimiter)
    {
        int count = 0;
        bool inside = false;
        foreach (char c in Text)
        {
            inside ^= c == '"';
            count += c == delimiter && !inside ? 1 : 0;
        }

        return count;
    }
}
