using System.Net;
using System.Net.Http.Headers;
using Cairn.Core;

namespace Cairn.Adapters.Downloads;

/// <summary>Sends one GET, follows redirects as far as they are permitted, and reads with patience that ends.</summary>
internal sealed class WebClient : IDisposable
{
    private const int Redirects = 10;

    private readonly HttpClient client;
    private readonly TimeSpan patience;

    public WebClient(TimeSpan patience)
    {
        this.patience = patience;
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, ConnectTimeout = patience }) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("cairn", typeof(WebClient).Assembly.GetName().Version?.ToString(2)));
        client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
    }

    /// <summary>The answer, its body still to come. Throws <see cref="CutOffException"/> when there is none.</summary>
    public HttpResponseMessage Get(Uri uri, Action<HttpRequestHeaders> headers, Place? place, CancellationToken stop)
    {
        Uri at = uri;
        for (int i = 0; i < Redirects; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, at);
            headers(request.Headers);
            HttpResponseMessage response = InTime(token => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), stop);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
            {
                return response;
            }

            response.Dispose();
            at = new Uri(at, location);
            Download.Permitted(at, uri, place);
        }

        throw new CutOffException($"it leads on and on, more than {Redirects} times", mayPass: false);
    }

    public int Read(Stream body, byte[] buffer, CancellationToken stop) => InTime(token => body.ReadAsync(buffer, token).AsTask(), stop);

    public void Dispose() => client.Dispose();

    private T InTime<T>(Func<CancellationToken, Task<T>> step, CancellationToken stop)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(patience);
        try
        {
            return step(late.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new CutOffException($"no answer within {patience.TotalSeconds:0.#} s", mayPass: true, e);
        }
        catch (OperationCanceledException)
        {
            stop.ThrowIfCancellationRequested();
            throw;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new CutOffException(Words(e), mayPass: true, e);
        }
    }

    private static string Words(Exception e) => (e as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "there is no host of that name",
        HttpRequestError.ConnectionError => "no connection",
        HttpRequestError.SecureConnectionError => "no secure connection (its certificate is not trusted, or it speaks no TLS)",
        _ => "the connection was cut off",
    };
}
