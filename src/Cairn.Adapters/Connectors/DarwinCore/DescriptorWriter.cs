using System.Globalization;
using System.Text;
using System.Xml;
using Cairn.Core.Flows;

namespace Cairn.Adapters.Connectors.DarwinCore;

/// <summary>Writes the two XML files of an archive. The same tables give the same bytes.</summary>
internal static class DescriptorWriter
{
    private const string Namespace = "http://rs.tdwg.org/dwc/text/";

    private static readonly XmlWriterSettings Form = new() { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" };

    /// <summary>meta.xml by the text guide's schema (tdwg_dwc_text.xsd): every attribute written out, so that no reader's defaults matter.</summary>
    public static byte[] Descriptor(IReadOnlyList<WrittenTable> tables)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Form))
        {
            xml.WriteStartElement("archive", Namespace);
            xml.WriteAttributeString("metadata", "eml.xml");
            foreach (WrittenTable table in tables)
            {
                Table(xml, table);
            }

            xml.WriteEndElement();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    /// <summary>The least that EML 2.1.1 takes, for a data set that comes without metadata.</summary>
    public static byte[] Metadata(string title, string creator)
    {
        const string Eml = "eml://ecoinformatics.org/eml-2.1.1";
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Form))
        {
            xml.WriteStartElement("eml", "eml", Eml);
            xml.WriteAttributeString("packageId", title);
            xml.WriteAttributeString("system", "cairn");
            xml.WriteStartElement("dataset");
            xml.WriteElementString("title", title);
            foreach (string role in (string[])["creator", "contact"])
            {
                xml.WriteStartElement(role);
                xml.WriteElementString("organizationName", creator);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static void Table(XmlWriter xml, WrittenTable table)
    {
        bool core = table.Role == ArchiveTableRole.Core;
        xml.WriteStartElement(core ? "core" : "extension", Namespace);
        xml.WriteAttributeString("encoding", "UTF-8");
        xml.WriteAttributeString("fieldsTerminatedBy", "\\t");
        xml.WriteAttributeString("linesTerminatedBy", "\\n");
        xml.WriteAttributeString("fieldsEnclosedBy", table.Quoted ? "\"" : "");
        xml.WriteAttributeString("ignoreHeaderLines", "1");
        xml.WriteAttributeString("rowType", table.RowType);
        xml.WriteStartElement("files", Namespace);
        xml.WriteElementString("location", Namespace, table.File);
        xml.WriteEndElement();
        if (table.IdColumn is { } id)
        {
            xml.WriteStartElement(core ? "id" : "coreid", Namespace);
            xml.WriteAttributeString("index", id.ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
        }

        for (int i = 0; i < table.Terms.Count; i++)
        {
            if (table.Terms[i] is { } term)
            {
                TableColumn column = table.Rows.Columns[i];
                xml.WriteStartElement("field", Namespace);
                xml.WriteAttributeString("index", i.ToString(CultureInfo.InvariantCulture));
                xml.WriteAttributeString("term", term);
                Optional(xml, "vocabulary", column.Vocabulary);
                Optional(xml, "delimitedBy", column.DelimitedBy);
                xml.WriteEndElement();
            }
        }

        xml.WriteEndElement();
    }

    private static void Optional(XmlWriter xml, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            xml.WriteAttributeString(name, value);
        }
    }
}
