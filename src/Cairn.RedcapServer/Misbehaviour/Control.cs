using System.Text.Json;
using Cairn.RedcapServer.Api;
using Microsoft.AspNetCore.Http;

namespace Cairn.RedcapServer.Misbehaviour;

/// <summary>
/// The control of misbehaviour, at <c>/control</c>, for this machine alone: GET tells the orders in force, POST adds one (kind, value, content, action, skip, times),
/// DELETE forgets them all. Changing needs the header <c>X-Cairn-Control</c>, which no page of another site can send.
/// </summary>
internal static class Control
{
    public const string Header = "X-Cairn-Control";

    public static async Task Serve(HttpContext http, Mischiefs mischiefs)
    {
        string method = http.Request.Method;
        if (!HttpMethods.IsGet(method) && !http.Request.Headers.ContainsKey(Header))
        {
            await Tell(http, 403, mischiefs, $"changing this needs the header {Header}").ConfigureAwait(false);
            return;
        }

        if (HttpMethods.IsDelete(method))
        {
            mischiefs.Clear();
        }
        else if (HttpMethods.IsPost(method))
        {
            try
            {
                ApiCall order = await FormBody.Read(http.Request.ContentType, http.Request.Body, 64 << 10, http.RequestAborted).ConfigureAwait(false);
                mischiefs.Add(Read(order));
            }
            catch (ApiRefusal e)
            {
                await Tell(http, 400, mischiefs, e.Message).ConfigureAwait(false);
                return;
            }
        }
        else if (!HttpMethods.IsGet(method))
        {
            http.Response.StatusCode = 405;
            return;
        }

        await Tell(http, 200, mischiefs, null).ConfigureAwait(false);
    }

    /// <summary>The names of the kinds, as they are written: <c>drop-after</c>.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Enum.GetNames<MischiefKind>().Select(n => JsonNamingPolicy.KebabCaseLower.ConvertName(n))];

    private static Mischief Read(ApiCall order)
    {
        if (order.Parameters.Select(p => p.Key).Except(Known).FirstOrDefault() is { } unknown)
        {
            throw new ApiRefusal($"there is no '{unknown}'; an order has {string.Join(", ", Known)}");
        }

        int at = Kinds.ToList().IndexOf(order.Text("kind") ?? "");
        if (at < 0)
        {
            throw new ApiRefusal($"kind is one of {string.Join(", ", Kinds)}");
        }

        if (order.Text("content") is { } content && ApiMethods.All().All(m => m.Content != content))
        {
            throw new ApiRefusal($"the API has no content '{content}'");
        }

        var kind = (MischiefKind)at;
        int value = order.Number("value") ?? Usual(kind), skip = order.Number("skip") ?? 0, times = order.Number("times") ?? 1;
        return skip < 0 || times < 1 || value < 0 || (kind == MischiefKind.Status && (value is < 400 or > 599))
            ? throw new ApiRefusal("times is 1 or more, skip and value 0 or more, and the value of a status from 400 to 599")
            : new Mischief(kind, value, order.Text("content"), order.Text("action"), skip, times);
    }

    private static readonly string[] Known = ["kind", "value", "content", "action", "skip", "times"];

    private static int Usual(MischiefKind kind) => kind switch
    {
        MischiefKind.Slow => 5000,
        MischiefKind.Status => 503,
        MischiefKind.Throttle or MischiefKind.WrongCount => 1,
        MischiefKind.Cut => 100,
        _ => 0,
    };

    private static async Task Tell(HttpContext http, int status, Mischiefs mischiefs, string? error)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (error is not null)
            {
                json.WriteString("error", error);
            }

            json.WriteStartArray("orders");
            foreach (Mischief order in mischiefs.All)
            {
                json.WriteStartObject();
                json.WriteString("kind", Kinds[(int)order.Kind]);
                json.WriteNumber("value", order.Value);
                json.WriteString("content", order.Content);
                json.WriteString("action", order.Action);
                json.WriteNumber("skip", order.Skip);
                json.WriteNumber("times", order.Times);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        await http.Response.Body.WriteAsync(buffer.ToArray()).ConfigureAwait(false);
    }
}
