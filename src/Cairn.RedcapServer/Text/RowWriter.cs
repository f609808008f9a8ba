using System.Text;

namespace Cairn.RedcapServer.Text;

/// <summary>How a column's values are written.</summary>
public enum ColumnKind
{
    /// <summary>A string in JSON.</summary>
    Text,

    /// <summary>A number in JSON, and <c>""</c> where blank.</summary>
    Number,

    /// <summary>Names and numbers, <c>a:1,b:0</c>: an object in JSON, elements in XML.</summary>
    Map,

    /// <summary>As <see cref="Text"/>, and in CSV always within quotes.</summary>
    Quoted,

    /// <summary>As <see cref="Text"/>, and in CSV within quotes only where the value could not be told otherwise: not for a space.</summary>
    Bare,
}

/// <summary>A column of an answer.</summary>
/// <param name="Name">In JSON and XML.</param>
/// <param name="Kind">How its values are written.</param>
/// <param name="Header">In the header of CSV, when it is not the name.</param>
public readonly record struct Column(string Name, ColumnKind Kind = ColumnKind.Text, string? Header = null);

/// <summary>Writes rows to an answer one at a time, in one of the formats. Begin, rows, end.</summary>
public abstract class RowWriter(Stream to) : IDisposable
{
    protected TextWriter To { get; } = new StreamWriter(to, new UTF8Encoding(false), 64 << 10, leaveOpen: true) { NewLine = "\n" };

    /// <param name="root">The names of the root element and of a row's in XML.</param>
    /// <param name="endsLastLine">Whether the last line of CSV has a line end: records do, arms and events do not.</param>
    /// <param name="alwaysHeader">Whether CSV without a row has a header: groups do, records do not.</param>
    public static RowWriter Of(DataFormat format, Stream to, char delimiter, (string Root, string Row) root, bool endsLastLine = true, bool alwaysHeader = false) => format switch
    {
        DataFormat.Csv => new CsvRowWriter(to, delimiter, endsLastLine, alwaysHeader),
        DataFormat.Json => new JsonRowWriter(to),
        _ => new XmlRowWriter(to, root.Root, root.Row),
    };

    public abstract void Begin(IReadOnlyList<Column> columns);

    /// <param name="values">One for each column; null as blank.</param>
    public abstract void Row(IReadOnlyList<string?> values);

    public abstract void End();

    public void Dispose() => To.Dispose();
}

internal sealed class CsvRowWriter(Stream to, char delimiter, bool endsLastLine, bool alwaysHeader) : RowWriter(to)
{
    private IReadOnlyList<Column> _columns = [];
    private bool _begun;

    public override void Begin(IReadOnlyList<Column> columns) => _columns = columns;

    public override void Row(IReadOnlyList<string?> values)
    {
        if (!_begun)
        {
            Header();
        }

        Line(values.Count, i => (values[i] ?? "", _columns[i].Kind));
    }

    public override void End()
    {
        if (!_begun && alwaysHeader)
        {
            Header();
        }

        if (endsLastLine)
        {
            // Without a row too: redcapAPI takes an answer of no length for a failure.
            To.Write('\n');
        }
    }

    private void Header() => Line(_columns.Count, i => (_columns[i].Header ?? _columns[i].Name, ColumnKind.Text));

    private void Line(int count, Func<int, (string Value, ColumnKind Kind)> value)
    {
        if (_begun)
        {
            To.Write('\n');
        }

        _begun = true;
        for (int i = 0; i < count; i++)
        {
            if (i > 0)
            {
                To.Write(delimiter);
            }

            (string text, ColumnKind kind) = value(i);
            CsvText.Write(To, text, delimiter, kind == ColumnKind.Quoted, kind != ColumnKind.Bare);
        }
    }
}

internal sealed class JsonRowWriter(Stream to) : RowWriter(to)
{
    private string[] _names = [];
    private IReadOnlyList<Column> _columns = [];
    private bool _further;

    public override void Begin(IReadOnlyList<Column> columns)
    {
        _columns = columns;
        _names = [.. columns.Select(c => JsonText.Quoted(c.Name) + ":")];
        To.Write('[');
    }

    public override void Row(IReadOnlyList<string?> values)
    {
        To.Write(_further ? ",{" : "{");
        _further = true;
        for (int i = 0; i < values.Count; i++)
        {
            if (i > 0)
            {
                To.Write(',');
            }

            To.Write(_names[i]);
            string value = values[i] ?? "";
            To.Write(_columns[i].Kind switch
            {
                ColumnKind.Number when value.Length > 0 => value,
                ColumnKind.Map => Map(value),
                _ => JsonText.Quoted(value),
            });
        }

        To.Write('}');
    }

    public override void End() => To.Write(']');

    private static string Map(string value) =>
        value.Length == 0 ? "[]" : "{" + string.Join(',', NamedNumbers.Read(value).Select(p => $"{JsonText.Quoted(p.Key)}:{p.Value}")) + "}";
}

internal sealed class XmlRowWriter(Stream to, string root, string row) : RowWriter(to)
{
    private IReadOnlyList<Column> _columns = [];

    public override void Begin(IReadOnlyList<Column> columns)
    {
        _columns = columns;
        To.Write($"<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<{root}>");
    }

    public override void Row(IReadOnlyList<string?> values)
    {
        To.Write($"\n<{row}>");
        for (int i = 0; i < values.Count; i++)
        {
            string value = values[i] ?? "", name = _columns[i].Name;
            To.Write($"<{name}>");
            To.Write(_columns[i].Kind == ColumnKind.Map ? string.Concat(NamedNumbers.Read(value).Select(p => $"<{p.Key}>{p.Value}</{p.Key}>")) : XmlRows.CData(value));
            To.Write($"</{name}>");
        }

        To.Write($"</{row}>");
    }

    public override void End() => To.Write($"\n</{root}>");
}
