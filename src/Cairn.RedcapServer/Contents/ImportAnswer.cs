using System.Globalization;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Contents;

/// <summary>What an import of records answers, by <c>returnContent</c> and <c>returnFormat</c>.</summary>
internal static class ImportAnswer
{
    private const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>";

    /// <summary>The count is that of different records, not of rows.</summary>
    /// <param name="off">Added to the count, where misbehaviour was asked for.</param>
    public static ApiAnswer Of(IReadOnlyList<(string Record, string Given)> records, string content, DataFormat format, int off = 0) => content switch
    {
        "nothing" => ApiAnswer.Of(format, ""),
        "ids" => Ids(records.Select(r => r.Record), format),
        "auto_ids" => Ids(records.Select(r => $"{r.Record},{r.Given}"), format),
        _ => Count((records.Count + off).ToString(CultureInfo.InvariantCulture), format),
    };

    /// <summary>The import counts as taken for later, whatever else was asked.</summary>
    public static ApiAnswer Background(DataFormat format) => ApiAnswer.Of(format, format switch
    {
        DataFormat.Json => "{\"success\": true}",
        DataFormat.Csv => "success\ntrue",
        _ => $"{Declaration}<success>true</success>",
    });

    private static ApiAnswer Count(string count, DataFormat format) => ApiAnswer.Of(format, format switch
    {
        DataFormat.Json => $"{{\"count\": {count}}}",
        DataFormat.Csv => count,
        _ => $"{Declaration}<count>{count}</count>",
    });

    private static ApiAnswer Ids(IEnumerable<string> ids, DataFormat format) => ApiAnswer.Of(format, format switch
    {
        DataFormat.Json => $"[{string.Join(',', ids.Select(JsonText.Quoted))}]",
        DataFormat.Csv => string.Join('\n', ids.Select(Cell).Prepend("id")),
        _ => $"{Declaration}<ids>{string.Concat(ids.Select(i => $"<id>{System.Security.SecurityElement.Escape(XmlRows.Clean(i))}</id>"))}</ids>",
    });

    private static string Cell(string id)
    {
        using var text = new StringWriter();
        CsvText.Write(text, id, ',');
        return text.ToString();
    }
}
