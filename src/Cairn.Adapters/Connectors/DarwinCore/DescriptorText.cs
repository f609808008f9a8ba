using System.Text;
using System.Xml;
using Cairn.Adapters.DelimitedText;
using Cairn.Core;

namespace Cairn.Adapters.Connectors.DarwinCore;

/// <summary>
/// Opens XML as archives have it: never with a DTD or anything fetched; and where it breaks the rules in a way that leaves no doubt (blanks before
/// the declaration, an encoding other than declared), it is read all the same, with a finding.
/// </summary>
internal static class DescriptorText
{
    /// <summary>
    /// Reads the whole document by <paramref name="read"/>, strictly first. Throws <see cref="XmlException"/> when it is not XML, with the line of the
    /// text as it stands.
    /// </summary>
    /// <param name="lenient">What had to be overlooked, in words; null when nothing.</param>
    public static T Read<T>(byte[] bytes, Func<XmlReader, T> read, out string? lenient)
    {
        lenient = null;
        try
        {
            using var strict = Reader(new StreamReader(new MemoryStream(bytes), DeclaredEncoding(bytes), detectEncodingFromByteOrderMarks: true));
            return read(strict);
        }
        catch (Exception e) when (e is XmlException or DecoderFallbackException)
        {
            (string text, string encoding) = Decode(bytes);
            string trimmed = text.TrimStart();
            try
            {
                using var loose = Reader(new StringReader(trimmed));
                T result = read(loose);
                lenient = e is DecoderFallbackException ? $"it is not in the encoding it declares; it was read as {encoding}" : "blanks stand before its XML declaration";
                return result;
            }
            catch (XmlException second) when (trimmed.Length < text.Length)
            {
                int before = text.AsSpan(0, text.Length - trimmed.Length).Count('\n');
                throw new XmlException(Plain(second), null, second.LineNumber + before, second.LinePosition);
            }
        }
    }

    /// <summary>What is wrong, without the place, which stands beside it.</summary>
    public static string Plain(XmlException e)
    {
        string message = e.Message;
        int line = message.LastIndexOf(" Line ", StringComparison.Ordinal);
        message = (line > 0 ? message[..line] : message).TrimEnd('.', ' ');
        return message.Contains("DTD", StringComparison.Ordinal) ? "it declares a DTD, which is not read for safety's sake" : message;
    }

    // A literal tab in an attribute is a tab here, as its writer meant; XML's normalisation would make it a space (XML 1.0, 3.3.3).
    private static XmlTextReader Reader(TextReader text) => new(text)
    {
        Normalization = false,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        WhitespaceHandling = WhitespaceHandling.None,
    };

    private static Encoding DeclaredEncoding(byte[] bytes)
    {
        Encoding found = new UTF8Encoding(false);
        ReadOnlySpan<byte> start = bytes.AsSpan(0, Math.Min(bytes.Length, 200));
        if (start is [(byte)'<', 0, ..] or [0, (byte)'<', ..])
        {
            found = start[0] == 0 ? Encoding.BigEndianUnicode : Encoding.Unicode;
        }
        else
        {
            string head = Encoding.Latin1.GetString(start);
            int end = head.IndexOf("?>", StringComparison.Ordinal);
            int at = end < 0 ? -1 : head.IndexOf("encoding", 0, end, StringComparison.Ordinal);
            if (at >= 0 && head[at..end].Split('"', '\'') is [_, var name, ..] && Encodings.Named(name) is { } declared && !declared.WebName.StartsWith("utf-", StringComparison.Ordinal))
            {
                found = declared;
            }
        }

        found = (Encoding)found.Clone();
        found.DecoderFallback = DecoderFallback.ExceptionFallback;
        return found;
    }

    // What the bytes say, whatever was declared: a mark, else UTF-8 if they are, else the Windows set that such files come in.
    private static (string Text, string Encoding) Decode(byte[] bytes)
    {
        try
        {
            using var marked = new StreamReader(new MemoryStream(bytes), new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
            return (marked.ReadToEnd(), marked.CurrentEncoding.WebName);
        }
        catch (DecoderFallbackException)
        {
            return (Encodings.Named("windows-1252")!.GetString(bytes), "windows-1252");
        }
    }
}
