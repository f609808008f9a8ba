using System.Globalization;
using System.Text;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Odm;

/// <summary>Texts as REDCap writes them into its XML.</summary>
internal static class OdmText
{
    private const int MostOidLength = 30;

    /// <summary>A text for an attribute or an element: both quotes escaped, line breaks as they are.</summary>
    public static string Escaped(string text)
    {
        if (text.AsSpan().IndexOfAny("&<>\"'") < 0)
        {
            return XmlRows.Clean(text);
        }

        var escaped = new StringBuilder(text.Length + 16);
        foreach (char c in XmlRows.Clean(text))
        {
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#039;"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    /// <summary>A space, the name, and the escaped value in quotes.</summary>
    public static void Attribute(TextWriter to, string name, string value)
    {
        to.Write(' ');
        to.Write(name);
        to.Write("=\"");
        to.Write(Escaped(value));
        to.Write('"');
    }

    /// <summary><c>TranslatedText</c> of a label: without its HTML, which stands behind it for REDCap alone.</summary>
    public static string Label(string label)
    {
        string plain = LabelText.WithoutTags(label);
        return ReferenceEquals(plain, label)
            ? $"<TranslatedText>{Escaped(label)}</TranslatedText>"
            : $"<TranslatedText>{Escaped(plain)}</TranslatedText><redcap:FormattedTranslatedText>{Escaped(label)}</redcap:FormattedTranslatedText>";
    }

    /// <summary>A project's name within identifiers: its letters and digits, each word begun with a capital.</summary>
    public static string ProjectOid(string title)
    {
        var oid = new StringBuilder();
        bool begins = true;
        foreach (char c in title)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                oid.Append(begins ? char.ToUpperInvariant(c) : c);
                begins = false;
            }
            else
            {
                begins |= char.IsWhiteSpace(c);
            }
        }

        return oid.Length > MostOidLength ? oid.ToString(0, MostOidLength) : oid.ToString();
    }

    public static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);
}
