using System.Globalization;
using Microsoft.AspNetCore.Http;

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

/// <summary>Lets so many bytes through and then drops the connection.</summary>
internal sealed class CutStream(HttpContext http, int left) : Stream
{
    private int _left = left;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count)
    {
        int now = Math.Min(_left, count);
        http.Response.Body.Write(buffer, offset, now);
        _left -= now;
        if (now < count)
        {
            http.Response.Body.Flush();
            // What is still on its way when a connection is dropped is lost with it, and some of it is meant to arrive.
            Thread.Sleep(250);
            http.Abort();
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
