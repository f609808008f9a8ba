namespace Cairn.Core.Settings;

/// <summary>Finds where a part of a scalar's text stands in its file.</summary>
public static class SettingPlaces
{
    /// <summary>
    /// The place of some characters of a scalar. Where the file writes the text in another way than it reads (escapes, folded lines), the
    /// place of the whole scalar is the best there is.
    /// </summary>
    public static FilePlace Within(this ScalarSetting scalar, int offset, int length)
    {
        FilePlace place = scalar.Place;
        string text = scalar.Text;
        int first = 0;
        while (first < text.Length && text[first] is '\n' or '\r')
        {
            first++;
        }

        int lineStart = offset == 0 ? 0 : text.LastIndexOf('\n', offset - 1) + 1;
        int line = text.AsSpan(first, Math.Max(0, lineStart - first)).Count('\n');
        int lineEnd = text.IndexOf('\n', lineStart) is int end and >= 0 ? end : text.Length;
        int firstEnd = text.IndexOf('\n', first) is int e and >= 0 ? e : text.Length;
        if (place.Text is null || place.Column == 0 || offset < first || !AsWritten(place, text.AsSpan(first, firstEnd - first)))
        {
            return place;
        }

        length = Math.Max(1, Math.Min(length, lineEnd - offset));
        int column = place.Column + offset - lineStart;
        return line == 0
            ? place with { Column = column, Length = length }
            : place with { Line = place.Line + line, Column = column, Length = length, Text = new string(' ', place.Column - 1) + text[lineStart..lineEnd].TrimEnd('\r') };
    }

    private static bool AsWritten(FilePlace place, ReadOnlySpan<char> text) =>
        place.Column - 1 <= place.Text!.Length && place.Text.AsSpan(place.Column - 1).StartsWith(text.TrimEnd(), StringComparison.Ordinal);
}
