using System.Globalization;
using System.Text;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Api;

/// <summary>What the API answers: a status, a media type, and a body that is written when it is sent.</summary>
public sealed record ApiAnswer(string MediaType, Action<Stream> Write)
{
    public int Status { get; init; } = 200;

    /// <summary>A text as it stands, such as a count, a version or a link.</summary>
    public static ApiAnswer Plain(string text) => new("text/html; charset=UTF-8", Bytes(text));

    public static ApiAnswer Count(int count) => Plain(count.ToString(CultureInfo.InvariantCulture));

    /// <summary>A text of the format it is in.</summary>
    public static ApiAnswer Of(DataFormat format, string text) => new(MediaTypeOf(format), Bytes(text));

    /// <summary>A file with its name. Only text has a character set: REDCapR takes what stands behind the name of another for a part of it.</summary>
    public static ApiAnswer File(string name, string mediaType, byte[] content)
    {
        string charset = mediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase) ? ";charset=UTF-8" : "";
        return new($"{mediaType}; name=\"{name.Replace("\"", "", StringComparison.Ordinal)}\"{charset}", to => to.Write(content));
    }

    /// <summary>A small table. Records are written row by row instead.</summary>
    /// <param name="root">The names of root and row in XML.</param>
    /// <param name="endsLastLine">See <see cref="RowWriter.Of"/>.</param>
    /// <param name="alwaysHeader">See <see cref="RowWriter.Of"/>.</param>
    public static ApiAnswer Table(
        ApiCall call, (string Root, string Row) root, IReadOnlyList<Column> columns, IEnumerable<IReadOnlyList<string?>> rows, bool endsLastLine = true, bool alwaysHeader = false)
    {
        List<IReadOnlyList<string?>> all = [.. rows];
        DataFormat format = call.Format;
        char delimiter = format == DataFormat.Csv ? call.CsvDelimiter : ',';
        return new ApiAnswer(MediaTypeOf(format), to =>
        {
            using RowWriter writer = RowWriter.Of(format, to, delimiter, root, endsLastLine, alwaysHeader);
            writer.Begin(columns);
            foreach (IReadOnlyList<string?> row in all)
            {
                writer.Row(row);
            }

            writer.End();
        });
    }

    /// <summary>An error as the API writes it in each format.</summary>
    public static ApiAnswer Error(int status, string message, DataFormat format) => Of(format, format switch
    {
        DataFormat.Csv => "ERROR: " + message,
        DataFormat.Json => $"{{\"error\":{JsonText.Quoted(message)}}}",
        _ => $"<?xml version=\"1.0\" encoding=\"UTF-8\" ?><hash><error>{System.Security.SecurityElement.Escape(XmlRows.Clean(message))}</error></hash>",
    }) with
    { Status = status };

    public static string MediaTypeOf(DataFormat format) => format switch
    {
        DataFormat.Csv => "text/csv; charset=utf-8",
        DataFormat.Json => "application/json; charset=utf-8",
        _ => "text/xml; charset=utf-8",
    };

    private static Action<Stream> Bytes(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return to => to.Write(bytes);
    }
}
