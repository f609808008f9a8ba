using System.Security.Cryptography;
using System.Text;
using Cairn.Adapters.Connectors.Delimited;
using Cairn.Adapters.Downloads;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;
using Cairn.Core.Settings;

namespace Cairn.Tests.Downloads;

public sealed class DownloadTests : IDisposable
{
    private static readonly byte[] First = Encoding.UTF8.GetBytes("id\tname\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i}\tname {i}\n")));
    private static readonly byte[] Second = Encoding.UTF8.GetBytes("id\tname\n1\tnew\n");

    private readonly string cache = Directory.CreateTempSubdirectory("cairn-cache").FullName;
    private readonly SmallServer server = new() { Content = First };

    public void Dispose()
    {
        server.Dispose();
        Directory.Delete(cache, recursive: true);
    }

    [Fact]
    public void A_file_is_fetched_once_and_asked_after_then()
    {
        server.LastModified = "Sat, 21 Nov 2026 10:00:00 GMT";
        Downloaded first = Fetch();
        Assert.Equal((Sha(First), (long)First.Length, "ETag \"one\", Last-Modified Sat, 21 Nov 2026 10:00:00 GMT"), (first.Sha256, first.Bytes, first.Release));
        Assert.Equal(First, File.ReadAllBytes(first.Path));
        Assert.Equal(first, Fetch() with { Findings = first.Findings });
        Assert.Equal([false, true], server.Requests.Select(r => r.Contains("If-None-Match: \"one\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_changed_ETag_brings_the_new_release()
    {
        Fetch();
        (server.Content, server.ETag) = (Second, "\"two\"");
        Downloaded second = Fetch();
        Assert.Equal((Sha(Second), "ETag \"two\""), (second.Sha256, second.Release));
        Assert.Equal(Second, File.ReadAllBytes(second.Path));
    }

    [Fact]
    public void A_dropped_connection_is_resumed_where_it_broke()
    {
        server.Drops.Enqueue(100_000);
        server.Drops.Enqueue(200_000);
        Downloaded whole = Fetch();
        Assert.Equal(Sha(First), whole.Sha256);
        Assert.Equal(["", "bytes=100000-", "bytes=300000-"], server.Requests.Select(Range));
        Assert.All(server.Requests.Skip(1), r => Assert.Contains("If-Range: \"one\"", r, StringComparison.Ordinal));
    }

    [Fact]
    public void What_came_is_kept_for_the_next_run()
    {
        for (int i = 0; i < 4; i++)
        {
            server.Drops.Enqueue(1000);
        }

        Problem problem = Assert.Throws<ProblemException>(() => Fetch()).Problems[0];
        Assert.Equal(("download/unreachable", ProblemKind.Unreachable), (problem.Code, problem.Kind));
        Assert.Equal(["4000 bytes came and are kept"], problem.Details);
        Assert.Equal(Sha(First), Fetch().Sha256);
        Assert.Equal("bytes=4000-", Range(server.Requests.Last()));
    }

    [Fact]
    public void A_part_of_an_older_release_is_not_continued()
    {
        for (int i = 0; i < 4; i++)
        {
            server.Drops.Enqueue(1000);
        }

        Assert.Throws<ProblemException>(() => Fetch());
        (server.Content, server.ETag) = (Second, "\"two\"");
        Assert.Equal(Sha(Second), Fetch().Sha256);
    }

    [Fact]
    public void Without_a_validator_a_part_is_fetched_anew()
    {
        server.ETag = "W/\"weak\"";
        server.Drops.Enqueue(100_000);
        Assert.Equal(Sha(First), Fetch().Sha256);
        Assert.Equal(["", ""], server.Requests.Select(Range));
    }

    [Fact]
    public void A_server_that_falls_silent_is_not_waited_for_forever()
    {
        server.Drops.Enqueue(-5000);
        Assert.Equal(Sha(First), Fetch(patience: 0.3).Sha256);
    }

    [Fact]
    public void A_checksum_that_differs_is_a_problem()
    {
        Assert.Equal(Sha(First), Fetch(Sha(First).ToUpperInvariant()).Sha256);
        Problem problem = Assert.Throws<ProblemException>(() => Fetch(Sha(Second))).Problems[0];
        Assert.Equal(("download/wrong-checksum", ProblemKind.Refused), (problem.Code, problem.Kind));
        Assert.Contains($"received sha256 {Sha(First)}, {First.Length} bytes", problem.Details);
    }

    [Theory]
    [InlineData("404 Not Found", "download/not-found", 1)]
    [InlineData("403 Forbidden", "download/not-permitted", 1)]
    [InlineData("418 Teapot", "download/not-given", 1)]
    [InlineData("503 Busy", "download/unreachable", 4)]
    [InlineData("301 Moved\r\nLocation: http://example.org/x", "download/not-encrypted", 1)]
    public void A_server_that_does_not_give_the_file_is_a_problem(string answer, string code, int requests)
    {
        for (int i = 0; i < 5; i++)
        {
            server.Answers.Enqueue("HTTP/1.1 " + answer);
        }

        Assert.Equal(code, Assert.Throws<ProblemException>(() => Fetch()).Problems[0].Code);
        Assert.Equal(requests, server.Requests.Count);
    }

    [Fact]
    public void A_redirect_on_this_machine_is_followed()
    {
        server.Answers.Enqueue("HTTP/1.1 302 Found\r\nLocation: /elsewhere.tsv");
        Assert.Equal(Sha(First), Fetch().Sha256);
        Assert.StartsWith("GET /elsewhere.tsv ", server.Requests.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_fetched_serves_when_the_server_is_gone_and_that_is_told()
    {
        Fetch();
        server.Dispose();
        Downloaded again = Fetch();
        Assert.Equal(Sha(First), again.Sha256);
        Assert.Equal("download/not-checked", Assert.Single(again.Findings).Code);
    }

    [Theory]
    [InlineData("http://example.org/a.tsv", "download/not-encrypted")]
    [InlineData("https://user:secret@example.org/a.tsv", "download/secret-in-address")]
    [InlineData("https://", "download/not-an-address")]
    public void Some_addresses_are_not_asked_at_all(string address, string code)
    {
        Problem problem = Assert.Throws<ProblemException>(() => Download.Fetch(address, cache, null, null, default)).Problems[0];
        Assert.Equal((code, ProblemKind.Usage), (problem.Code, problem.Kind));
        Assert.DoesNotContain("secret@", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_delimited_source_reads_an_address()
    {
        var place = new FilePlace("flow.yaml", 3, 5);
        MapSetting settings = new([new SettingEntry("path", place, new ScalarSetting(server.Address, false, place))], place);
        using ISource source = new DelimitedConnector().OpenSource(new SourceRequest("t", settings, cache, cache, cache, null, place));
        long rows = 0;
        DataVersion input = Assert.Single(source.Read(b => rows += b.Rows, new NoWatch(), TestContext.Current.CancellationToken).Inputs);
        Assert.Equal((50_000, server.Address, Sha(First), "ETag \"one\""), (rows, input.Path, input.Sha256, input.Release));

        File.WriteAllBytes(Directory.GetFiles(cache, "release.tsv", SearchOption.AllDirectories).Single(), [.. First[..^2], (byte)'x', (byte)'\n']);
        using ISource damaged = new DelimitedConnector().OpenSource(new SourceRequest("t", settings, cache, cache, cache, null, place));
        Assert.Equal("download/cache-damaged", Assert.Throws<ProblemException>(() => damaged.Read(_ => { }, new NoWatch(), TestContext.Current.CancellationToken)).Problems[0].Code);
    }

    private static string Sha(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Range(string request) => request.Split("\r\n").FirstOrDefault(l => l.StartsWith("Range: ", StringComparison.Ordinal))?["Range: ".Length..] ?? "";

    private Downloaded Fetch(string? sha256 = null, double patience = 20) =>
        Download.Fetch(server.Address, cache, sha256, null, TimeSpan.FromSeconds(patience), TimeSpan.FromMilliseconds(10), TestContext.Current.CancellationToken);

    private sealed class NoWatch : IReadWatch
    {
        public void Refused(RefusedRow row) => Assert.Fail(row.Reason);

        public void Progress(long bytesDone, long? bytesTotal)
        {
        }
    }
}
