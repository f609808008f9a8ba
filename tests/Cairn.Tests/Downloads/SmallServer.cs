using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cairn.Tests.Downloads;

/// <summary>
/// An HTTP server on the loopback that has one file, knows ranges and validators, and may be told to drop a connection, to stall or to answer something else.
/// </summary>
internal sealed class SmallServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public SmallServer()
    {
        listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/data/release.tsv";
        _ = Task.Run(Accept);
    }

    public byte[] Content { get; set; } = [];
    public string? ETag { get; set; } = "\"one\"";
    public string? LastModified { get; set; }

    /// <summary>Answers of the next requests, before the file is given; each is the whole head.</summary>
    public ConcurrentQueue<string> Answers { get; } = new();

    /// <summary>After how many bytes of the body the next connections are closed; negative: left open, silent.</summary>
    public ConcurrentQueue<int> Drops { get; } = new();

    /// <summary>The requests, as their heads.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public string Address { get; }

    public void Dispose() => listener.Stop();

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                TcpClient client = await listener.AcceptTcpClientAsync();
                _ = Task.Run(() => Serve(client));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        {
            await using NetworkStream stream = client.GetStream();
            var head = new StringBuilder();
            byte[] one = new byte[1];
            while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) == 1)
            {
                head.Append((char)one[0]);
            }

            string request = head.ToString();
            Requests.Enqueue(request);
            if (Answers.TryDequeue(out string? answer))
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
                return;
            }

            string validators = (ETag is null ? "" : $"ETag: {ETag}\r\n") + (LastModified is null ? "" : $"Last-Modified: {LastModified}\r\n");
            if ((ETag is not null && Header(request, "If-None-Match") == ETag) || (LastModified is not null && Header(request, "If-None-Match") is null && Header(request, "If-Modified-Since") == LastModified))
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 304 Not Modified\r\n{validators}Connection: close\r\n\r\n"));
                return;
            }

            int from = 0;
            string status = "200 OK";
            if (Header(request, "Range") is { } range && (Header(request, "If-Range") is not { } ifRange || ifRange == ETag || ifRange == LastModified))
            {
                from = int.Parse(range["bytes=".Length..^1]);
                status = "206 Partial Content";
                validators += $"Content-Range: bytes {from}-{Content.Length - 1}/{Content.Length}\r\n";
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{validators}Content-Length: {Content.Length - from}\r\nConnection: close\r\n\r\n"));
            int drop = Drops.TryDequeue(out int d) ? d : int.MaxValue;
            await stream.WriteAsync(Content.AsMemory(from, Math.Min(Math.Abs((long)drop) is var most && most < Content.Length - from ? (int)most : Content.Length - from, Content.Length - from)));
            if (drop < 0)
            {
                await Task.Delay(5000);
            }
        }
    }

    private static string? Header(string request, string name) =>
        request.Split("\r\n").FirstOrDefault(l => l.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..];
}
