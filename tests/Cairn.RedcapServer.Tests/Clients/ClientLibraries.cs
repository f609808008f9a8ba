namespace Cairn.RedcapServer.Tests.Clients;

/// <summary>PyCap (redcap-tools/PyCap 2.x), which sends by Python's requests: urlencoded, and multipart where there is a file.</summary>
internal sealed class PyCap(ClientServer server, string token)
{
    private const string Agent = "python-requests/2.32.3";

    public string Token { get; } = token;

    public Task<Exchange> Call(params (string Name, string Value)[] payload) => Send(server, [("token", Token), .. payload]);

    public Task<Exchange> Upload((string Name, string Value)[] payload, string fileName, byte[] content)
    {
        const string boundary = "3f2e8a0f6b1c4d7e9a5b8c7d6e5f4a3b";
        return server.Post($"multipart/form-data; boundary={boundary}", Wire.Multipart(boundary, [("token", Token), .. payload], ($"filename=\"{fileName}\"", content)), Agent);
    }

    /// <summary>The project that PyCap's tests make first, by a super token.</summary>
    public static async Task<PyCap> Create(ClientServer server, string title, string odm)
    {
        string info = $"<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n    <item>\n    <project_title>{title}</project_title>\n    <purpose>0</purpose>\n    </item>";
        Exchange answer = await Send(server, [("token", ClientServer.SuperToken), ("content", "project"), ("format", "xml"), ("data", info), ("odm", odm)]);
        return new PyCap(server, answer.Good[^32..]);
    }

    private static Task<Exchange> Send(ClientServer server, IEnumerable<(string, string)> payload) =>
        server.Post("application/x-www-form-urlencoded", Wire.Form(payload, "_.-~", "+"), Agent, ("Accept", "*/*"), ("Accept-Encoding", "gzip, deflate"));
}

/// <summary>REDCapR (OuhscBbmc/REDCapR 1.x), which sends by httr: urlencoded with lists joined by commas, and multipart where there is a file.</summary>
internal sealed class RedcapR(ClientServer server, string token)
{
    private const string Agent = "OuhscBbmc/REDCapR";
    private static readonly (string, string) Accept = ("Accept", "application/json, text/xml, application/xml, */*");

    public Task<Exchange> Call(params (string Name, string Value)[] body) =>
        server.Post("application/x-www-form-urlencoded", Wire.Form([("token", token), .. body], "-._~", "%20"), Agent, Accept);

    public Task<Exchange> Upload((string Name, string Value)[] body, string fileName, string mediaType, byte[] content)
    {
        const string boundary = "------------------------8b1f0a4d2c6e9375";
        return server.Post($"multipart/form-data; boundary={boundary}", Wire.Multipart(boundary, [("token", token), .. body], ($"filename=\"{fileName}\"\r\nContent-Type: {mediaType}", content)), Agent, Accept);
    }

    /// <summary>What <c>redcap_read_oneshot()</c> sends, blanks included.</summary>
    public Task<Exchange> Read(string rawOrLabel = "raw", string headers = "raw", string checkboxLabel = "false", string dags = "false", string surveys = "false", string filter = "",
        string begin = "", string end = "", string blankForGray = "FALSE", params (string Name, string Value)[] more) =>
        Call([
            ("content", "record"), ("format", "csv"), ("type", "flat"), ("rawOrLabel", rawOrLabel), ("rawOrLabelHeaders", headers), ("exportCheckboxLabel", checkboxLabel),
            ("exportSurveyFields", surveys), ("exportDataAccessGroups", dags), ("filterLogic", filter), ("dateRangeBegin", begin), ("dateRangeEnd", end),
            ("exportBlankForGrayFormStatus", blankForGray), .. more,
        ]);
}

/// <summary>PHPCap (IUREDCap/phpcap 1.x), which sends by curl: urlencoded with indexed lists, true as 1 and false as 0, and multipart where there is a file.</summary>
internal sealed class PhpCap(ClientServer server, string token)
{
    private const string Agent = "";

    public string Token { get; } = token;

    public Task<Exchange> Call(params (string Name, string Value)[] data) =>
        server.Post("application/x-www-form-urlencoded", Wire.Form([("token", Token), .. data], "-_.", "+"), Agent, ("Accept", "text/xml"));

    public Task<Exchange> Upload((string Name, string Value)[] data, string fileName, string mediaType, byte[] content)
    {
        const string boundary = "------------------------d74496d66958873e";
        return server.Post(
            $"multipart/form-data; boundary={boundary}", Wire.Multipart(boundary, [("token", Token), .. data], ($"filename=\"{fileName}\"\r\nContent-Type: {mediaType}", content)), Agent, ("Accept", "text/xml"));
    }

    /// <summary>What <c>exportRecordsAp()</c> sends in the format "php".</summary>
    public Task<Exchange> Records(params (string Name, string Value)[] more) => Call([("content", "record"), ("returnFormat", "json"), ("format", "json"), ("type", "flat"), .. more]);

    public Task<Exchange> Import(string format, string data, params (string Name, string Value)[] more) =>
        Call([("content", "record"), ("returnFormat", "json"), ("format", format), ("type", "flat"), ("data", data), .. more]);

    public Task<Exchange> DeleteRecords(string[] records, params (string Name, string Value)[] more) =>
        Call([("content", "record"), ("action", "delete"), ("returnFormat", "json"), .. Wire.List("records", records), .. more]);
}

/// <summary>redcapAPI (vubiostat/redcapAPI 2.x), which sends every call as multipart by curl.</summary>
internal sealed class RedcapApiClient(ClientServer server, string token)
{
    private const string Boundary = "------------------------4cf2b2e4a1b0f8d1";

    public Task<Exchange> Call(params (string Name, string Value)[] body) =>
        server.Post($"multipart/form-data; boundary={Boundary}", Wire.Multipart(Boundary, [("token", token), .. body]), "libcurl/8.5.0 r-curl/6.2.1 httr/1.4.7");

    public Task<Exchange> Upload((string Name, string Value)[] body, string fileName, byte[] content) =>
        server.Post($"multipart/form-data; boundary={Boundary}", Wire.Multipart(Boundary, [("token", token), .. body], ($"filename=\"{fileName}\"\r\nContent-Type: text/plain", content)), "libcurl/8.5.0 r-curl/6.2.1 httr/1.4.7");

    /// <summary>An export as CSV.</summary>
    public Task<Exchange> Export(string content, params (string Name, string Value)[] more) => Call([("content", content), ("format", "csv"), ("returnFormat", "csv"), .. more]);

    /// <summary>An import of the frame that R's write.csv makes of rows, each cell quoted, NA as blank.</summary>
    public Task<Exchange> Import(string content, string[] columns, IEnumerable<string?[]> rows, params (string Name, string Value)[] more)
    {
        static string Line(IEnumerable<string?> cells) => string.Join(',', cells.Select(c => c is null ? "" : $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
        return Call([("content", content), ("format", "csv"), ("returnFormat", "csv"), .. more, ("data", string.Join('\n', rows.Select(Line).Prepend(Line(columns))))]);
    }
}
