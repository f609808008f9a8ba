using Cairn.Core.Flows;

namespace Cairn.Adapters.Downloads;

/// <summary>Asks addresses by HTTP: HEAD, and GET where a server does not take HEAD; redirects are followed, nothing is downloaded.</summary>
public sealed class Addresses : IAddresses, IDisposable
{
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(20) };

    public bool? Answers(string address, CancellationToken stop)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
        {
            return false;
        }

        try
        {
            int head = Status(HttpMethod.Head, uri, stop);
            return (head is 405 or 501 ? Status(HttpMethod.Get, uri, stop) : head) is >= 200 and < 300;
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (TaskCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => _client.Dispose();

    private int Status(HttpMethod method, Uri uri, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, uri);
        using HttpResponseMessage response = _client.Send(request, HttpCompletionOption.ResponseHeadersRead, stop);
        return (int)response.StatusCode;
    }
}
