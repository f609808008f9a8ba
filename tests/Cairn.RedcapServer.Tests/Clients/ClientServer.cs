using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cairn.RedcapServer.Definitions;

namespace Cairn.RedcapServer.Tests.Clients;

/// <summary>A started server, to which tests send over loopback what REDCap's client libraries send.</summary>
internal sealed class ClientServer : IAsyncDisposable
{
    public const string SuperToken = "00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF";

    private readonly HttpClient _http = new();
    private readonly List<string> _said = [];
    private RedcapHost _host = null!;

    private ClientServer(ServerOptions options) => Inside = new TestServer(options: options);

    /// <summary>Its store and clock.</summary>
    public TestServer Inside { get; }

    public Uri Api => new(_host.Address + "/api/");

    public static async Task<ClientServer> Start(ServerOptions? options = null)
    {
        var server = new ClientServer((options ?? new ServerOptions()) with { SuperToken = SuperToken });
        server._host = await RedcapHost.Start(new IPEndPoint(IPAddress.Loopback, 0), server.Inside.Api, server._said.Add);
        return server;
    }

    /// <summary>A new project; its owner's token.</summary>
    public string Add(Design design) => Inside.Store.IssueToken(Inside.Store.Create(design), "owner");

    /// <summary>A new project with these records; its owner's token.</summary>
    public string Add(Design design, string csv)
    {
        string token = Add(design);
        Assert.StartsWith("{\"count\"", Tell(token, ("content", "record"), ("format", "csv"), ("returnFormat", "json"), ("data", csv)), StringComparison.Ordinal);
        return token;
    }

    /// <summary>The XML of such a project, with its records.</summary>
    public string Odm(Design design, string csv) => Tell(Add(design, csv), ("content", "project_xml"), ("exportDataAccessGroups", "true"), ("exportFiles", "true"));

    public async Task<Exchange> Post(string contentType, byte[] body, string agent, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Api) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Headers.TryAddWithoutValidation("User-Agent", agent);
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage answer = await _http.SendAsync(request);
        return new Exchange((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString() ?? "", await answer.Content.ReadAsByteArrayAsync());
    }

    private string Tell(string token, params (string Name, string Value)[] parameters) => Inside.Body([$"token={token}", .. parameters.Select(p => $"{p.Name}={p.Value}")]);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _http.Dispose();
        Inside.Dispose();
        Assert.Empty(_said);
    }
}

/// <summary>What the server answered.</summary>
internal sealed record Exchange(int Status, string ContentType, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The text of a call that succeeded.</summary>
    public string Good
    {
        get
        {
            Assert.True(Status == 200, $"{Status}: {Text}");
            return Text;
        }
    }

    public JsonElement Json => JsonDocument.Parse(Good).RootElement;

    /// <summary>The objects of a JSON array.</summary>
    public IReadOnlyList<JsonElement> Items => [.. Json.EnumerateArray()];

    /// <summary>The rows of CSV, the header among them.</summary>
    public IReadOnlyList<string[]> Csv => Rows(Good, ',');

    /// <summary>The values of one attribute in a JSON array, as text.</summary>
    public IReadOnlyList<string> All(string attribute) => [.. Items.Select(i => i.GetProperty(attribute).ToString())];

    /// <summary>Checks that the call failed with this status and text.</summary>
    public void Refused(int status, string text) => Assert.Equal((status, text), (Status, Text));

    /// <summary>CSV as clients read it, by RFC 4180; blank lines are none.</summary>
    public static IReadOnlyList<string[]> Rows(string text, char delimiter)
    {
        var rows = new List<string[]>();
        var row = new List<string>();
        var cell = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted)
            {
                if (c != '"')
                {
                    cell.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append(text[i++]);
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"')
            {
                quoted = true;
            }
            else if (c == delimiter || c == '\n')
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    rows.Add([.. row]);
                    row.Clear();
                }
            }
            else
            {
                cell.Append(c);
            }
        }

        if (row.Count > 0 || cell.Length > 0)
        {
            rows.Add([.. row, cell.ToString()]);
        }

        return [.. rows.Where(r => r.Length > 1 || r[0].Length > 0)];
    }
}
