using System.Net;
using System.Text;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Misbehaviour;
using Cairn.RedcapServer.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cairn.RedcapServer;

/// <summary>
/// The server on the network: the API at <c>/api/</c> for whoever has a token; pages and the control of misbehaviour for this machine alone.
/// </summary>
public sealed class RedcapHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RedcapApi _api;
    private readonly Mischiefs _mischiefs = new();
    private readonly Action<string> _say;

    private RedcapHost(WebApplication app, RedcapApi api, Action<string> say) => (_app, _api, _say) = (app, api, say);

    /// <summary>Where the server listens, such as <c>http://127.0.0.1:8090</c>.</summary>
    public string Address => _app.Urls.First();

    /// <summary>Starts listening. Throws <see cref="IOException"/> when the address cannot be had.</summary>
    /// <param name="listen">Address and port; port 0 takes any that is free.</param>
    /// <param name="say">Told what goes wrong inside, in words without tokens or data.</param>
    public static async Task<RedcapHost> Start(IPEndPoint listen, RedcapApi api, Action<string> say, CancellationToken stop = default)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The name of a file stands in a header, in whatever letters it was given.
            kestrel.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
            kestrel.Limits.MaxRequestBodySize = api.Options.MostBytes + (1 << 20);
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(listen, on => on.Protocols = HttpProtocols.Http1);
        });
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(2));
        WebApplication app = builder.Build();
        var host = new RedcapHost(app, api, say);
        app.Run(host.Serve);
        await app.StartAsync(stop).ConfigureAwait(false);
        return host;
    }

    public Task Stop() => _app.StopAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Serve(HttpContext http)
    {
        string path = http.Request.Path.Value ?? "/";
        if (path.EndsWith("/api/", StringComparison.Ordinal) || path.EndsWith("/api", StringComparison.Ordinal))
        {
            await Call(http).ConfigureAwait(false);
        }
        else if (!IsThisMachine(http))
        {
            await Page(http, 404, Html.NotFound(path)).ConfigureAwait(false);
        }
        else if (path.StartsWith("/control", StringComparison.Ordinal))
        {
            await Control.Serve(http, _mischiefs).ConfigureAwait(false);
        }
        else
        {
            await ServePage(http, path).ConfigureAwait(false);
        }
    }

    private async Task ServePage(HttpContext http, string path)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            // A client whose address is wrong asks by POST for what is not there.
            await Page(http, 404, Html.NotFound(path)).ConfigureAwait(false);
            return;
        }

        PageAnswer answer = await Task.Run(() => new ServerPages(_api.Store, _api.Options).Of(path, http.Request.Query["from"])).ConfigureAwait(false);
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.MediaType;
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (answer.FileName is { } name)
        {
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        }

        Synchronous(http);
        await Task.Run(() => answer.Write(http.Response.Body)).ConfigureAwait(false);
    }

    private async Task Call(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.Headers.Allow = "POST";
            await Send(http, ApiAnswer.Error(405, "The API is asked by POST", Text.DataFormat.Xml)).ConfigureAwait(false);
            return;
        }

        ApiCall call;
        try
        {
            call = await FormBody.Read(http.Request.ContentType, http.Request.Body, _api.Options.MostBytes, http.RequestAborted).ConfigureAwait(false);
        }
        catch (ApiRefusal e)
        {
            await Send(http, ApiAnswer.Error(e.Status, e.Message, Text.DataFormat.Xml)).ConfigureAwait(false);
            return;
        }
        catch (Exception e) when (e is Microsoft.AspNetCore.Http.BadHttpRequestException or IOException)
        {
            await Send(http, ApiAnswer.Error((e as Microsoft.AspNetCore.Http.BadHttpRequestException)?.StatusCode ?? 400, "The request could not be read", Text.DataFormat.Xml)).ConfigureAwait(false);
            return;
        }

        Mischief? mischief = _mischiefs.Take(call);
        if (mischief is null || await Mischievous.Before(http, mischief).ConfigureAwait(false))
        {
            await Task.Run(() => Answer(http, call, mischief)).ConfigureAwait(false);
        }
    }

    private void Answer(HttpContext http, ApiCall call, Mischief? mischief)
    {
        Synchronous(http);
        try
        {
            _api.Answer(call, answer => Write(http, answer, mischief), mischief);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; what it asked for is done or not done as a whole.
        }
        catch (Exception e)
        {
            _say($"content={call.Text("content")}: {e.GetType().Name}: {e.Message}");
            if (http.Response.HasStarted)
            {
                // A body that ends in the middle must not look complete.
                http.Abort();
            }
            else
            {
                Write(http, ApiAnswer.Error(500, "The server could not carry out the request; its own messages say why", call.ReturnFormat), null);
            }
        }
    }

    private static void Write(HttpContext http, ApiAnswer answer, Mischief? mischief)
    {
        if (mischief?.Kind == MischiefKind.DropAfter)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.MediaType;
        answer.Write(mischief?.Kind == MischiefKind.Cut ? new CutStream(http, mischief.Value) : http.Response.Body);
    }

    private static Task Send(HttpContext http, ApiAnswer answer) => Task.Run(() =>
    {
        Synchronous(http);
        Write(http, answer, null);
    });

    private static Task Page(HttpContext http, int status, string html)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=UTF-8";
        return http.Response.WriteAsync(html);
    }

    private static void Synchronous(HttpContext http) => http.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;

    /// <summary>From this machine, and asked for by its own name: a page elsewhere that had its name point here is turned away.</summary>
    private static bool IsThisMachine(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
        && (http.Request.Host.Host == "localhost" || (IPAddress.TryParse(http.Request.Host.Host.Trim('[', ']'), out IPAddress? named) && IPAddress.IsLoopback(named)));
}
