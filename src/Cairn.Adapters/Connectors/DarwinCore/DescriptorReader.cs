using System.Globalization;
using System.Text;
using System.Xml;
using Cairn.Core;

namespace Cairn.Adapters.Connectors.DarwinCore;

/// <summary>What a meta.xml says.</summary>
/// <param name="Metadata">The attribute <c>metadata</c>: a path or address; null when it is not there.</param>
internal sealed record Descriptor(string? Metadata, IReadOnlyList<ArchiveTable> Tables, IReadOnlyList<Problem> Findings);

/// <summary>
/// Reads meta.xml (Darwin Core text guide 2023-09-13, section 2). Elements and attributes are known by their local names, in any letter case;
/// <c>table</c>, which the Encyclopedia of Life writes, counts as an extension. What breaks the guide but leaves no doubt is a finding.
/// </summary>
internal sealed class DescriptorReader
{
    private readonly string _file;
    private readonly List<ArchiveTable> _tables = [];
    private readonly List<Problem> _findings = [];
    private string? _metadata;

    private DescriptorReader(string file) => _file = file;

    /// <param name="file">As problems call it.</param>
    /// <exception cref="ProblemException">It is not XML, or describes no table.</exception>
    public static Descriptor Read(byte[] bytes, string file)
    {
        try
        {
            DescriptorReader descriptor = DescriptorText.Read(bytes, xml => new DescriptorReader(file).Document(xml), out string? lenient);
            if (lenient is not null)
            {
                descriptor.Finding("darwin-core/descriptor-form", $"{file}: {lenient}", 0);
            }

            return new Descriptor(descriptor._metadata, WithKeys(descriptor._tables), descriptor._findings);
        }
        catch (XmlException e)
        {
            throw new ProblemException(new Problem("darwin-core/descriptor-not-xml", ProblemKind.Refused, $"{file} is not well-formed XML: {DescriptorText.Plain(e)}; no table was read",
                new FilePlace(file, e.LineNumber, e.LinePosition), "correct the descriptor; it is a small text file"));
        }
    }

    private DescriptorReader Document(XmlReader xml)
    {
        xml.MoveToContent();
        _metadata = Attribute(xml, "metadata")?.Trim();
        int depth = xml.Depth;
        if (!xml.IsEmptyElement)
        {
            while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
            {
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName.ToLowerInvariant() is "core" or "extension" or "table")
                {
                    Table(xml, xml.LocalName.Equals("core", StringComparison.OrdinalIgnoreCase));
                }
            }
        }

        // A document that ends too early is told by reading to its end.
        while (xml.Read())
        {
        }

        return _tables.Count > 0 ? this : throw new ProblemException(new Problem("darwin-core/descriptor-empty", ProblemKind.Refused,
            $"{_file} describes no table: it has neither core nor extension", new FilePlace(_file), "correct the descriptor; it is a small text file"));
    }

    private void Table(XmlReader xml, bool core)
    {
        int line = ((IXmlLineInfo)xml).LineNumber;
        if (core && _tables.Any(t => t.Role == ArchiveTableRole.Core))
        {
            Finding("darwin-core/several-cores", $"{_file} has more than one core; the later one is read as an extension", line);
            core = false;
        }

        var fields = new List<ArchiveField>();
        var locations = new List<string>();
        var table = new ArchiveTable(core ? ArchiveTableRole.Core : ArchiveTableRole.Extension, (Attribute(xml, "rowType") ?? "").Trim(), locations, fields, null)
        {
            FieldsTerminatedBy = Unescaped(Attribute(xml, "fieldsTerminatedBy") ?? ","),
            FieldsEnclosedBy = Unescaped(Attribute(xml, "fieldsEnclosedBy") ?? "\""),
            Encoding = Attribute(xml, "encoding")?.Trim() is { Length: > 0 } encoding ? encoding : "UTF-8",
            IgnoreHeaderLines = Count(xml, "ignoreHeaderLines", line),
            DateFormat = Attribute(xml, "dateFormat"),
            Line = line,
        };
        if (table.RowType.Length == 0)
        {
            Finding("darwin-core/no-row-type", $"{_file}: {(core ? "the core" : "an extension")} has no rowType, so it is not said what its rows are", line);
        }

        string? attribute = Attribute(xml, "location");
        int depth = xml.Depth;
        bool empty = xml.IsEmptyElement;
        while (!empty && xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (xml.LocalName.ToLowerInvariant())
            {
                case "location":
                    if (Content(xml).Trim() is { Length: > 0 } location)
                    {
                        locations.Add(location);
                    }

                    break;
                case "id" or "coreid":
                    table = table with { IdIndex = Index(xml), IdTerm = Attribute(xml, "term")?.Trim() };
                    break;
                case "field":
                    Field(xml, fields);
                    break;
            }
        }

        if (locations.Count == 0)
        {
            string more = attribute is null ? "" : $" (its attribute location=\"{attribute.Trim()}\" is not of the text guide)";
            Finding("darwin-core/no-location", $"{_file}: {(core ? "the core" : "the extension")} {table.ShortRowType} names no file{more}, so it has no rows", line,
                attribute is null ? null : $"write <files><location>{attribute.Trim()}</location></files> into it");
        }

        if (table.IdIndex is null && table.Role == ArchiveTableRole.Extension)
        {
            Finding("darwin-core/no-coreid", $"{_file}: {table.Description} has no coreid, so it is not said which core rows its rows belong to", line);
        }

        _tables.Add(table);
    }

    private void Field(XmlReader xml, List<ArchiveField> fields)
    {
        int line = ((IXmlLineInfo)xml).LineNumber;
        int? index = Index(xml);
        string? given = Attribute(xml, "default");
        string term = (Attribute(xml, "term") ?? "").Trim();
        if (term.Length == 0)
        {
            Finding("darwin-core/field-without-term", $"{_file}:{line}: a field names no term, so {(index is null ? "it is left out" : $"column {index} is not mapped")}", line);
            return;
        }

        if (index is null && given is null)
        {
            Finding("darwin-core/field-without-value", $"{_file}:{line}: {Vocabulary.ShortName(term)} has neither an index nor a default; it is left out", line);
            return;
        }

        fields.Add(new ArchiveField(index, term, given, Attribute(xml, "vocabulary")?.Trim(), Attribute(xml, "delimitedBy") is { } delimited ? Unescaped(delimited) : null));
    }

    private int? Index(XmlReader xml)
    {
        string? text = Attribute(xml, "index")?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        // No file has a million columns; a typing error should not make a table of them.
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < 1_000_000)
        {
            return index;
        }

        int line = ((IXmlLineInfo)xml).LineNumber;
        Finding("darwin-core/index-not-a-number", $"{_file}:{line}: the index `{text}` is no column number; it is taken as not given", line);
        return null;
    }

    private int Count(XmlReader xml, string name, int line)
    {
        string text = Attribute(xml, name)?.Trim() ?? "";
        if (text.Length == 0)
        {
            return 0;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? count
            : throw new ProblemException(new Problem("darwin-core/header-lines", ProblemKind.Refused, $"{_file} gives {name} as `{text}`, which is no number, so it is not certain where the rows begin",
                new FilePlace(_file, line), "correct the descriptor; it is a small text file"));
    }

    private void Finding(string code, string message, int line, string? help = null) => _findings.Add(new Problem(code, ProblemKind.Finding, message, new FilePlace(_file, line), help));

    private static string Content(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            return "";
        }

        var text = new StringBuilder();
        int depth = xml.Depth;
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            text.Append(xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace ? xml.Value : "");
        }

        return text.ToString();
    }

    private static string? Attribute(XmlReader xml, string name)
    {
        string? value = null;
        if (xml.MoveToFirstAttribute())
        {
            do
            {
                if (xml.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase) && xml.Prefix.Length == 0)
                {
                    value = xml.Value;
                }
            }
            while (xml.MoveToNextAttribute());
            xml.MoveToElement();
        }

        return value;
    }

    // The two characters \t stand for a tab, and so on.
    private static string Unescaped(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char next = text[i] == '\\' && i + 1 < text.Length ? text[i + 1] : '\0';
            char meant = next switch { 't' => '\t', 'n' => '\n', 'r' => '\r', 'f' => '\f', '\\' or '"' or '\'' => next, _ => '\0' };
            plain.Append(meant == '\0' ? text[i] : meant);
            i += meant == '\0' ? 0 : 1;
        }

        return plain.ToString();
    }

    // The word a flow uses for each table must be its own: core, the row type, the file, or their number.
    private static List<ArchiveTable> WithKeys(List<ArchiveTable> tables)
    {
        var keyed = new List<ArchiveTable>();
        foreach (ArchiveTable table in tables)
        {
            bool repeated = tables.Count(t => t.ShortRowType.Equals(table.ShortRowType, StringComparison.OrdinalIgnoreCase)) > 1;
            string key = table.Role == ArchiveTableRole.Core ? "core"
                : table.ShortRowType.Length > 0 && !repeated ? table.ShortRowType
                : table.Locations.Count > 0 ? table.Locations[0] : $"extension {keyed.Count(t => t.Role == ArchiveTableRole.Extension) + 1}";
            keyed.Add(table with { Key = key });
        }

        return keyed;
    }
}
