using System.Net;
using System.Text;

namespace Cairn.RedcapServer.Tests.Contents;

/// <summary>A file goes in and comes out over the network under the name it has.</summary>
public class FileNameTests
{
    [Theory]
    [InlineData("mugshot-1.jpg", "mugshot-1.jpg")]
    [InlineData("Zürich – 北京.pdf", "Zürich – 北京.pdf")]
    [InlineData("a;b=c d.txt", "a;b=c d.txt")]
    [InlineData("../../etc/passwd", "passwd")]
    public async Task The_name_is_kept(string given, string kept)
    {
        using var server = new TestServer(new TestDesign().Form("a", TestDesign.Text("record_id"), TestDesign.File("doc")).Build());
        server.Import("record_id\n1");
        await using RedcapHost host = await RedcapHost.Start(new IPEndPoint(IPAddress.Loopback, 0), server.Api, message => Assert.Fail(message));
        using var handler = new SocketsHttpHandler { ResponseHeaderEncodingSelector = (_, _) => Encoding.UTF8, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        using var http = new HttpClient(handler) { BaseAddress = new Uri(host.Address) };
        byte[] content = [0, 1, 254, 255, 13, 10];

        using var file = new ByteArrayContent(content);
        file.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename=\"{given}\"");
        file.Headers.ContentType = new("application/pdf");
        using var form = new MultipartFormDataContent { file };
        form.HeaderEncodingSelector = (_, _) => Encoding.UTF8;
        foreach ((string name, string value) in (ReadOnlySpan<(string, string)>)[("token", TestServer.Token), ("content", "file"), ("action", "import"), ("record", "1"), ("field", "doc")])
        {
            form.Add(new StringContent(value), name);
        }

        using HttpResponseMessage imported = await http.PostAsync(new Uri("/api/", UriKind.Relative), form);
        Assert.Equal((HttpStatusCode.OK, ""), (imported.StatusCode, await imported.Content.ReadAsStringAsync()));

        using var ask = new FormUrlEncodedContent([new("token", TestServer.Token), new("content", "file"), new("action", "export"), new("record", "1"), new("field", "doc")]);
        using HttpResponseMessage exported = await http.PostAsync(new Uri("/api/", UriKind.Relative), ask);
        Assert.Equal($"application/pdf; name=\"{kept}\"", Assert.Single(exported.Content.Headers.NonValidated["Content-Type"]));
        Assert.Equal(content, await exported.Content.ReadAsByteArrayAsync());
    }
}
