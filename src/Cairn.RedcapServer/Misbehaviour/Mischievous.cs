using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Cairn.RedcapServer.Misbehaviour;

/// <summary>Does to a call what was ordered before it is carried out.</summary>
internal static class Mischievous
{
    /// <summary>Whether the call is still to be carried out.</summary>
    public static async Task<bool> Before(HttpContext http, Mischief order)
    {
        switch (order.Kind)
        {
            case MischiefKind.Slow:
                await Task.Delay(order.Value, http.RequestAborted).ConfigureAwait(false);
                return true;
            case MischiefKind.Status:
                await Page(http, order.Value, $"<h1>{order.Value.ToString(CultureInfo.InvariantCulture)}</h1><p>The server could not answer.</p>").ConfigureAwait(false);
                return false;
            case MischiefKind.Throttle:
                http.Response.Headers.RetryAfter = order.Value.ToString(CultureInfo.InvariantCulture);
                await Page(http, 429, "<h1>429</h1><p>Too many requests.</p>").ConfigureAwait(false);
                return false;
            case MischiefKind.WebPage:
                await Page(http, 200, "<h1>Welcome</h1><p>This is not the API.</p>").ConfigureAwait(false);
                return false;
            case MischiefKind.DropBefore:
                http.Abort();
                return false;
            default:
                return true;
        }
    }

    private static Task Page(HttpContext http, int status, string body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=UTF-8";
        return http.Response.WriteAsync($"<!DOCTYPE html>\n<html><head><title>{status.ToString(CultureInfo.InvariantCulture)}</title></head><body>{body}</body></html>\n");
    }
}

/// <summary>
/// Lets so many bytes through and then drops the connection. They go to the socket itself, because what the server still holds when it aborts a connection
/// is lost with it.
/// </summary>
internal sealed class CutStream(HttpContext http, int left) : Stream
{
    private bool _cut;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (_cut)
        {
            return;
        }

        _cut = true;
        Socket socket = http.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
        socket.Send(Encoding.ASCII.GetBytes($"HTTP/1.1 {http.Response.StatusCode} OK\r\nContent-Type: {http.Response.ContentType}\r\nTransfer-Encoding: chunked\r\n\r\n{Math.Max(count, left) + 1:X}\r\n"));
        socket.Send(buffer, offset, Math.Min(left, count), SocketFlags.None);
        socket.Shutdown(SocketShutdown.Send);
        http.Abort();
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
