using System.Globalization;
using System.Text;

namespace Cairn.RedcapServer.Text;

/// <summary>
/// A PDF of lines of text, broken where they are too long, on as many pages of Letter size as they need, in Helvetica (PDF 1.4; WinAnsiEncoding, in which a character
/// that it does not have is a question mark). The same lines make the same bytes.
/// </summary>
public sealed class PdfDocument(string title)
{
    private const double Width = 612;
    private const double Height = 792;
    private const double Margin = 54;
    private const double BoldIsWider = 1.07;

    /// <summary>What WinAnsiEncoding has at 0x80 to 0x9F (ISO 32000-1, annex D.2); blanks are unused.</summary>
    private const string Windows = "\u20AC \u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152 \u017D  \u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153 \u017E\u0178";

    /// <summary>Helvetica's widths of the characters from space to tilde, in thousandths of its size (Adobe's metrics of the base fonts).</summary>
    private static readonly short[] Widths =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    private readonly List<StringBuilder> _pages = [];
    private double _y;

    public int Pages => _pages.Count;

    /// <summary>What follows begins a new page.</summary>
    public void NewPage()
    {
        _pages.Add(new StringBuilder());
        _y = Height - Margin;
    }

    /// <summary>A text with a line of its own, or several; line breaks within it are kept.</summary>
    public void Line(string text, double size = 10, bool bold = false, double indent = 0)
    {
        foreach (string part in text.ReplaceLineEndings("\n").Split('\n'))
        {
            foreach (string line in Broken(part, size * (bold ? BoldIsWider : 1), Width - (2 * Margin) - indent))
            {
                Put(line, size, bold, indent);
            }
        }
    }

    /// <summary>Empty height below the last line.</summary>
    public void Space(double height) => _y -= height;

    public byte[] Write()
    {
        if (_pages.Count == 0)
        {
            NewPage();
        }

        using var to = new MemoryStream();
        var places = new List<long>();
        void Object(string content)
        {
            places.Add(to.Position);
            to.Write(Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{places.Count} 0 obj\n{content}\nendobj\n")));
        }

        // The comment of four high bytes tells programs that copy files that this one is not text.
        to.Write("%PDF-1.4\n%\u00E2\u00E3\u00CF\u00D3\n"u8);
        const int firstPage = 6;
        string kids = string.Join(' ', _pages.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"{firstPage + (2 * i)} 0 R")));
        Object("<< /Type /Catalog /Pages 2 0 R >>");
        Object(string.Create(CultureInfo.InvariantCulture, $"<< /Type /Pages /Kids [{kids}] /Count {_pages.Count} >>"));
        Object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        Object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>");
        Object($"<< /Title ({Escaped(title)}) >>");
        foreach (StringBuilder page in _pages)
        {
            Object(string.Create(
                CultureInfo.InvariantCulture,
                $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {Width} {Height}] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {places.Count + 2} 0 R >>"));
            Object(string.Create(CultureInfo.InvariantCulture, $"<< /Length {page.Length} >>\nstream\n{page}endstream"));
        }

        long table = to.Position;
        string entries = string.Concat(places.Select(p => p.ToString("D10", CultureInfo.InvariantCulture) + " 00000 n \n"));
        to.Write(Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"xref\n0 {places.Count + 1}\n0000000000 65535 f \n{entries}trailer\n<< /Size {places.Count + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{table}\n%%EOF\n")));
        return to.ToArray();
    }

    private void Put(string line, double size, bool bold, double indent)
    {
        double height = size * 1.35;
        if (_pages.Count == 0 || _y - height < Margin)
        {
            NewPage();
        }

        _y -= height;
        _pages[^1].Append(CultureInfo.InvariantCulture, $"BT /F{(bold ? 2 : 1)} {size:0.##} Tf {Margin + indent:0.##} {_y:0.##} Td ({Escaped(line)}) Tj ET\n");
    }

    /// <summary>The text in lines that are not wider than asked, broken at blanks, and within a word that is too wide by itself.</summary>
    private static IEnumerable<string> Broken(string text, double size, double width)
    {
        int from = 0, blank = -1;
        double used = 0;
        for (int i = 0; i < text.Length; i++)
        {
            double next = WidthOf(text[i]) * size / 1000;
            blank = text[i] == ' ' ? i : blank;
            if (used + next > width && i > from)
            {
                int end = blank > from ? blank : i;
                yield return text[from..end];
                from = end == blank ? end + 1 : end;
                used = text[from..Math.Max(i, from)].Sum(c => WidthOf(c) * size / 1000);
                blank = -1;
            }

            used += next;
        }

        yield return text[Math.Min(from, text.Length)..];
    }

    private static int WidthOf(char c) => c is >= ' ' and <= '~' ? Widths[c - ' '] : 556;

    /// <summary>A text within parentheses, each character one byte of the encoding.</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            int high = rune.Value > ' ' && rune.IsBmp ? Windows.IndexOf((char)rune.Value, StringComparison.Ordinal) : -1;
            char c = rune.Value is (>= ' ' and <= '~') or (>= 0xA0 and <= 0xFF) ? (char)rune.Value : high >= 0 ? (char)(0x80 + high) : rune.Value == '\t' ? ' ' : '?';
            if (c is '(' or ')' or '\\')
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }
}
