using System.Text;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Storage;

namespace Cairn.RedcapServer.Tests;

/// <summary>The API over a database in a temporary folder, without the network: what is asked, and what is answered.</summary>
internal sealed class TestServer : IDisposable
{
    public const string Token = "0123456789ABCDEF0123456789ABCDEF";
    private readonly string _folder = Directory.CreateTempSubdirectory("cairn-redcap-").FullName;

    public TestServer(Design? design = null, ServerOptions? options = null)
    {
        Store = RedcapStore.Open(_folder, Clock);
        Api = new RedcapApi(Store, options ?? new ServerOptions());
        if (design is not null)
        {
            Project = Store.Create(design);
            Store.SetToken(Project, "owner", Token);
        }
    }

    public TestClock Clock { get; } = new();

    public RedcapStore Store { get; }

    public RedcapApi Api { get; }

    /// <summary>The number of the project it was made with.</summary>
    public int Project { get; }

    /// <summary>Parameters as <c>name=value</c>; the token is added unless one is among them.</summary>
    public (int Status, string Body) Call(params string[] parameters)
    {
        List<KeyValuePair<string, string>> all = [.. parameters.Select(p => KeyValuePair.Create(p[..p.IndexOf('=', StringComparison.Ordinal)], p[(p.IndexOf('=', StringComparison.Ordinal) + 1)..]))];
        if (all.All(p => p.Key != "token"))
        {
            all.Add(new("token", Token));
        }

        return Send(new ApiCall(all));
    }

    public (int Status, string Body) Send(ApiCall call)
    {
        int status = 0;
        using var body = new MemoryStream();
        Api.Answer(call, answer =>
        {
            status = answer.Status;
            answer.Write(body);
        });
        return (status, Encoding.UTF8.GetString(body.ToArray()));
    }

    /// <summary>The body of a call that succeeds.</summary>
    public string Body(params string[] parameters)
    {
        (int status, string body) = Call(parameters);
        Assert.True(status == 200, $"{status}: {body}");
        return body;
    }

    /// <summary>Imports CSV as it stands; what is answered.</summary>
    public string Import(string csv, params string[] more) => Body(["content=record", "format=csv", "type=flat", "data=" + csv, .. more]);

    /// <summary>The records as CSV.</summary>
    public string Export(params string[] more) => Body(["content=record", "format=csv", "type=flat", .. more]);

    /// <summary>Changes the definition of the project.</summary>
    public void Change(Func<Design, Design> change)
    {
        using ProjectSession session = Store.Write(Project, "owner");
        session.Save(change(session.Project.Design));
        session.Commit();
    }

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class TestClock : TimeProvider
{
    public DateTimeOffset Time { get; set; } = new(2024, 5, 6, 7, 8, 9, TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => Time;
}
