using System.Text;
using Cairn.Core;

namespace Cairn.Terminal;

/// <summary>A line of a file as it is shown above a caret: tabs and control characters made visible, a long line cut around the place.</summary>
internal sealed record SourceLine(string Text, int CaretAt, int CaretLength)
{
    private const int Before = 30;

    public static SourceLine Of(FilePlace place, int width)
    {
        string line = (place.Text ?? "").TrimEnd('\r', '\n');
        int start = Math.Clamp(place.Column - 1, 0, line.Length);
        int end = Math.Clamp(start + Math.Max(1, place.Length), start, line.Length);
        string head = Show(line[..start]);
        string marked = Show(line[start..end]);
        string tail = Show(line[end..]);
        if (TextWidth.Of(head) + TextWidth.Of(marked) + TextWidth.Of(tail) > width)
        {
            int from = Math.Max(0, head.Length - Before);
            head = from > 0 ? "…" + head[from..] : head;
            marked = TextWidth.Cut(marked, Math.Max(1, width - TextWidth.Of(head) - 1));
            tail = TextWidth.Cut(tail, Math.Max(1, width - TextWidth.Of(head) - TextWidth.Of(marked)));
        }

        return new SourceLine(head + marked + tail, TextWidth.Of(head), Math.Max(1, TextWidth.Of(marked)));
    }

    private static string Show(string text)
    {
        var shown = new StringBuilder();
        foreach (string part in text.Split('\t'))
        {
            shown.Append(shown.Length == 0 && part.Length == 0 ? "" : Printable.Of(part)).Append("  ");
        }

        shown.Length -= 2;
        return shown.ToString();
    }
}
