using System.Text;
using System.Xml;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Odm;

/// <summary>
/// Reads XML forwards, an element at a time. REDCap writes line breaks into attributes as they are, where XML means them to become spaces; they are kept, as
/// otherwise no text of several lines would come back. No document type, nothing fetched, bounded nesting. Whatever is wrong is a <see cref="DataFormatException"/>.
/// </summary>
internal sealed class OdmXml : IDisposable
{
    /// <summary>The namespace of REDCap's own elements and attributes.</summary>
    public const string Redcap = "https://projectredcap.org";

    /// <summary>REDCap nests to nine.</summary>
    private const int MostDepth = 20;

    private readonly XmlTextReader _xml;

    public OdmXml(Stream from)
        : this(new XmlTextReader(from))
    {
    }

    public OdmXml(TextReader from)
        : this(new XmlTextReader(from))
    {
    }

    private OdmXml(XmlTextReader xml)
    {
        _xml = xml;
        xml.DtdProcessing = DtdProcessing.Prohibit;
        xml.XmlResolver = null;
        xml.Normalization = false;
        xml.EntityHandling = EntityHandling.ExpandEntities;
    }

    /// <summary>The name of the element read last, without prefix.</summary>
    public string Name => _xml.LocalName;

    public int Line => _xml.LineNumber;

    public int Depth => _xml.Depth;

    public bool IsEmpty => _xml.IsEmptyElement;

    /// <summary>Goes to the root element.</summary>
    public void Begin()
    {
        while (_xml.NodeType != XmlNodeType.Element)
        {
            if (!Read())
            {
                throw new DataFormatException("The data are not valid XML: there is no element.");
            }
        }
    }

    /// <summary>Goes to the next element within one at <paramref name="depth"/>, over all that is deeper; false at its end. Not for an element that is empty.</summary>
    public bool Next(int depth)
    {
        while (Read())
        {
            if (_xml.NodeType == XmlNodeType.Element && _xml.Depth == depth + 1)
            {
                return true;
            }

            if (_xml.NodeType == XmlNodeType.EndElement && _xml.Depth == depth)
            {
                return false;
            }
        }

        throw Wrong("an element is not closed");
    }

    /// <summary>Reads on to the end, of what is not well-formed behind the root element too.</summary>
    public void End()
    {
        while (Read())
        {
        }
    }

    /// <summary>Does something with each element within this one, which may read on in it as far as its end.</summary>
    public void Each(Action child)
    {
        if (_xml.IsEmptyElement)
        {
            return;
        }

        int depth = _xml.Depth;
        while (Next(depth))
        {
            child();
        }
    }

    /// <summary>An attribute that has no prefix; null when there is none.</summary>
    public string? Attribute(string name) => _xml.GetAttribute(name) is { } value ? Allowed(value) : null;

    /// <summary>An attribute with REDCap's prefix; null when there is none.</summary>
    public string? RedcapAttribute(string name) => _xml.GetAttribute(name, Redcap) is { } value ? Allowed(value) : null;

    public string Needed(string attribute) => Attribute(attribute) ?? throw Wrong($"the element {Name} has no attribute {attribute}");

    /// <summary>All attributes in their order.</summary>
    public List<OdmAttribute> Attributes()
    {
        var found = new List<OdmAttribute>(_xml.AttributeCount);
        while (_xml.MoveToNextAttribute())
        {
            // Those of other namespaces could not be written again under their prefixes.
            if (_xml.NamespaceURI is "" or Redcap)
            {
                found.Add(new(_xml.NamespaceURI == Redcap ? "redcap:" + _xml.LocalName : _xml.LocalName, Allowed(_xml.Value)));
            }
        }

        _xml.MoveToElement();
        return found;
    }

    /// <summary>The text of the element, up to its end; elements within have no part in it.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        if (!_xml.IsEmptyElement)
        {
            int depth = _xml.Depth;
            while (Read() && _xml.Depth > depth)
            {
                text.Append(_xml.Depth == depth + 1 ? Here() : "");
            }
        }

        return text.ToString();
    }

    /// <summary>The element with all it holds, up to its end.</summary>
    public OdmElement Element()
    {
        (string name, List<OdmAttribute> attributes, StringBuilder text) = (_xml.LocalName, Attributes(), new StringBuilder());
        var children = new List<OdmElement>();
        if (!_xml.IsEmptyElement)
        {
            int depth = _xml.Depth;
            while (Read() && _xml.Depth > depth)
            {
                if (_xml.NodeType == XmlNodeType.Element)
                {
                    children.Add(Element());
                }
                else
                {
                    text.Append(Here());
                }
            }
        }

        return new OdmElement(name, attributes, children.Count == 0 ? text.ToString() : "", children);
    }

    /// <summary>What is wrong at this line, as <paramref name="what"/> goes on.</summary>
    public DataFormatException Wrong(string what) => new($"The XML is not a REDCap project or its records: line {Line}, {what}.");

    public void Dispose() => _xml.Dispose();

    private string Here() => _xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace ? Allowed(_xml.Value) : "";

    /// <summary>A reader that leaves line breaks alone does not look at character references either.</summary>
    private string Allowed(string value) =>
        XmlRows.Clean(value).Length == value.Length ? value : throw new DataFormatException($"The data are not valid XML: line {Line}, a character that XML does not allow.");

    private bool Read()
    {
        try
        {
            bool read = _xml.Read();
            return _xml.Depth <= MostDepth ? read : throw Wrong($"elements are nested deeper than {MostDepth}");
        }
        catch (XmlException e)
        {
            throw new DataFormatException($"The data are not valid XML: line {e.LineNumber}, position {e.LinePosition}.");
        }
    }
}
