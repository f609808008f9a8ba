using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Cairn.RedcapServer.Tests.Http;

/// <summary>The server over loopback: bodies as clients send them, pages, misbehaviour, and what is hostile.</summary>
public sealed class HostTests : IAsyncLifetime
{
    private readonly TestServer _server = new(TestDesign.Classic().Build(), new ServerOptions { MostBytes = 1 << 20 });
    private readonly HttpClient _http = new();
    private readonly List<string> _said = [];
    private RedcapHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await RedcapHost.Start(new IPEndPoint(IPAddress.Loopback, 0), _server.Api, _said.Add);
        _http.BaseAddress = new Uri(_host.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _http.Dispose();
        _server.Dispose();
        Assert.Empty(_said);
    }

    [Fact]
    public async Task The_bytes_of_an_urlencoded_request_are_understood()
    {
        _server.Import("record_id,name\n1,\"Ann & Bo\"\n");
        string answer = await Raw($"POST /api/ HTTP/1.1\r\nHost: {_http.BaseAddress!.Authority}\r\nUser-Agent: python-requests/2.31\r\nAccept: */*\r\nContent-Type: application/x-www-form-urlencoded\r\n", $"token={TestServer.Token}&content=record&format=json&type=flat&fields%5B0%5D=record_id&fields%5B1%5D=name&exportSurveyFields=False&exportDataAccessGroups=False");
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json; charset=utf-8\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("[{\"record_id\":\"1\",\"name\":\"Ann & Bo\"}]", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bytes_of_a_multipart_request_are_understood()
    {
        const string boundary = "------------------------4cf2b2e4a1b0f8d1";
        string Part(string name, string value) => $"--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";
        string body = Part("token", TestServer.Token) + Part("content", "record") + Part("format", "csv") + Part("data", "record_id,name\n1,Zoë\n") + $"--{boundary}--\r\n";
        string answer = await Raw($"POST /api/ HTTP/1.1\r\nHost: {_http.BaseAddress!.Authority}\r\nContent-Type: multipart/form-data; boundary={boundary}\r\n", body);
        Assert.EndsWith("\r\n\r\n1", answer.Replace("\r\n1\r\n1\r\n0\r\n\r\n", "\r\n\r\n1", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("record_id,name\n1,Zoë\n", _server.Export("fields=record_id,name"));
    }

    [Fact]
    public async Task Only_post_is_the_api()
    {
        using HttpResponseMessage answer = await _http.GetAsync(new Uri("/api/", UriKind.Relative));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Theory]
    [InlineData("token=%FF%FE&content=version", 406)]
    [InlineData("", 403)]
    [InlineData("&&&=&a", 403)]
    [InlineData("content=version&token=%ZZ%", 403)]
    public async Task Odd_bodies_are_errors(string body, int status)
    {
        using HttpResponseMessage answer = await Post(new StringContent(body, new MediaTypeHeaderValue("application/x-www-form-urlencoded")));
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"UTF-8\" ?><hash><error>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_larger_than_taken_is_an_error()
    {
        using HttpResponseMessage answer = await Post(new ByteArrayContent(new byte[(1 << 20) + 1]));
        Assert.Equal(413, (int)answer.StatusCode);
        using HttpResponseMessage json = await Post(new StringContent("{}", Encoding.UTF8, "application/json"));
        Assert.Equal(400, (int)json.StatusCode);
    }

    [Fact]
    public async Task Pages_show_projects_records_and_ends_of_tokens_but_no_whole_token()
    {
        _server.Import("record_id,name\n1,<script>alert(1)</script>\n");
        string all = await _http.GetStringAsync(new Uri("/", UriKind.Relative)) + await _http.GetStringAsync(new Uri($"/projects/{_server.Project}", UriKind.Relative))
            + await _http.GetStringAsync(new Uri($"/projects/{_server.Project}/records", UriKind.Relative)) + await _http.GetStringAsync(new Uri($"/projects/{_server.Project}/log", UriKind.Relative));
        Assert.Contains("Not REDCap.", all, StringComparison.Ordinal);
        Assert.Contains("…CDEF", all, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", all, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", all, StringComparison.Ordinal);
        Assert.DoesNotContain(TestServer.Token, all, StringComparison.Ordinal);
        using HttpResponseMessage none = await _http.GetAsync(new Uri("/projects/77", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Pages_and_control_are_for_this_machine_by_its_own_name()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = "elsewhere.example";
        using HttpResponseMessage answer = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        using HttpResponseMessage order = await _http.PostAsync(new Uri("/control", UriKind.Relative), new FormUrlEncodedContent([new("kind", "slow")]));
        Assert.Equal(HttpStatusCode.Forbidden, order.StatusCode);
    }

    [Fact]
    public async Task Statuses_pages_and_throttling_on_request_each_once()
    {
        await Order("kind=status&value=502");
        await Order("kind=web-page");
        await Order("kind=throttle&value=7");
        Assert.Equal(HttpStatusCode.BadGateway, (await Version()).StatusCode);
        using (HttpResponseMessage page = await Version())
        {
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.StartsWith("<!DOCTYPE html>", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using (HttpResponseMessage throttled = await Version())
        {
            Assert.Equal(429, (int)throttled.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(7), throttled.Headers.RetryAfter!.Delta);
        }

        Assert.Equal("15.5.0", await (await Version()).Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("drop-before", "\n")]
    [InlineData("drop-after", "record_id,name\n1,Ann\n")]
    public async Task A_connection_is_dropped_before_or_after_the_import_was_applied(string kind, string there)
    {
        await Order($"kind={kind}&content=record&action=import");
        await Assert.ThrowsAsync<HttpRequestException>(() => Ask("content=record&format=csv&data=" + Uri.EscapeDataString("record_id,name\n1,Ann\n")));
        Assert.Equal(there, _server.Export("fields=record_id,name"));
    }

    [Fact]
    public async Task Exports_are_cut_or_have_records_missing_and_counts_are_wrong_on_request()
    {
        _server.Import("record_id,name\n1,Ann\n2,Bo\n3,Cy\n");
        await Order("kind=truncate&value=2&content=record");
        Assert.Equal("record_id\n1\n2\n", await (await Ask("content=record&format=csv&fields=record_id")).Content.ReadAsStringAsync());
        await Order("kind=cut&value=12&content=record");
        await Assert.ThrowsAsync<HttpRequestException>(() => Ask("content=record&format=csv&fields=record_id"));
        await Order("kind=wrong-count&value=5&skip=1&times=2");
        Assert.Equal("1", await (await Ask("content=record&format=csv&data=record_id%0A4")).Content.ReadAsStringAsync());
        Assert.Equal("6", await (await Ask("content=record&format=csv&data=record_id%0A4")).Content.ReadAsStringAsync());
        Assert.Equal("6", await (await Ask("content=record&format=csv&data=record_id%0A4")).Content.ReadAsStringAsync());
        Assert.Equal("1", await (await Ask("content=record&format=csv&data=record_id%0A4")).Content.ReadAsStringAsync());
    }

    private Task<HttpResponseMessage> Version() => Ask("content=version");

    private Task<HttpResponseMessage> Ask(string parameters) => Post(new StringContent($"token={TestServer.Token}&{parameters}", new MediaTypeHeaderValue("application/x-www-form-urlencoded")));

    private async Task<HttpResponseMessage> Post(HttpContent content)
    {
        HttpResponseMessage answer = await _http.PostAsync(new Uri("/api/", UriKind.Relative), content);
        await answer.Content.LoadIntoBufferAsync();
        return answer;
    }

    private async Task Order(string order)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/control") { Content = new StringContent(order, new MediaTypeHeaderValue("application/x-www-form-urlencoded")) };
        request.Headers.Add("X-Cairn-Control", "1");
        using HttpResponseMessage answer = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task<string> Raw(string head, string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, _http.BaseAddress!.Port);
        NetworkStream stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}Content-Length: {bytes.Length}\r\nConnection: close\r\n\r\n"));
        await stream.WriteAsync(bytes);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    [Fact]
    public async Task A_cut_answer_has_its_first_bytes()
    {
        _server.Import("record_id,name\n1,Ann\n2,Bo\n3,Cy\n");
        await Order("kind=cut&value=12&content=record");
        string head = $"POST /api/ HTTP/1.1\r\nHost: {_http.BaseAddress!.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\n";
        var got = new StringBuilder();
        // The end of the connection comes as an end or as a reset; either way the last chunk is not whole.
        await Assert.ThrowsAnyAsync<IOException>(() => Read(head, $"token={TestServer.Token}&content=record&format=csv&fields=record_id", got));
        Assert.Contains("HTTP/1.1 200 OK", got.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n11\r\nrecord_id\n1\n", got.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kind=nosuch")]
    [InlineData("kind=slow&content=bogus")]
    [InlineData("kind=slow&times=0")]
    [InlineData("kind=status&value=99")]
    [InlineData("kind=slow&nosuch=1")]
    public async Task An_order_that_cannot_hold_is_refused(string order)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/control") { Content = new StringContent(order, new MediaTypeHeaderValue("application/x-www-form-urlencoded")) };
        request.Headers.Add("X-Cairn-Control", "1");
        using HttpResponseMessage answer = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task An_order_for_exports_waits_for_one()
    {
        _server.Import("record_id\n1\n2\n");
        await Order("kind=truncate&value=1");
        await Version();
        Assert.Equal("record_id\n1\n", await (await Ask("content=record&format=csv&fields=record_id")).Content.ReadAsStringAsync());
    }

    private async Task Read(string head, string body, StringBuilder got)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, _http.BaseAddress!.Port);
        NetworkStream stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}Content-Length: {body.Length}\r\n\r\n{body}"));
        byte[] buffer = new byte[4096];
        for (int read; (read = await stream.ReadAsync(buffer)) > 0;)
        {
            got.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        throw new IOException("ended");
    }
}
