using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cairn.EndToEnd.Docs;

/// <summary>
/// The same shape over every real archive that was collected from other projects (they stay outside the repository): every table read, exact copies
/// taken out, extension rows looked up in the core, everything written. What came out stands in README.md.
/// </summary>
public sealed partial class ArchiveTableTests
{
    private const string Page = "README.md";
    private const string Start = "<!-- begin: every archive -->\n";
    private const string End = "<!-- end: every archive -->";

    [Fact]
    public async Task Every_real_archive_goes_through_the_same_shape()
    {
        string? shared = Shared();
        Assert.SkipWhen(shared is null, "CAIRN_SHARED is not set and there is no ../shared");
        string folder = Path.Combine(shared!, "darwincore");
        string[] archives = [.. Listed().Matches(await File.ReadAllTextAsync(Path.Combine(folder, "SOURCES.md"), TestContext.Current.CancellationToken)).Select(m => m.Groups[1].Value).Where(p => !p.EndsWith(".xml", StringComparison.Ordinal))];
        Assert.True(archives.Length >= 50, $"only {archives.Length} archives are listed");

        var table = new StringBuilder("| archive | tables, with their rows | refused | exact copies | without a core row | findings |\n| --- | --- | --- | --- | --- | --- |\n");
        using var session = new Session();
        File.CreateSymbolicLink(Path.Combine(session.Folder, "archives"), folder);
        var sums = new Sums();
        foreach (string archive in archives)
        {
            table.Append(await Line(session, archive, sums));
        }

        string sentence = string.Create(CultureInfo.InvariantCulture, $"""
            {archives.Length} archives and files, {sums.Read} of them read: {sums.Tables} tables with {sums.Rows:N0} rows; {sums.Refused:N0} rows refused, {sums.Copies:N0} exact copies,
            {sums.Orphans:N0} extension rows without a core row. Every account balances.


            """);

        string page = await File.ReadAllTextAsync(Repository.File(Page), TestContext.Current.CancellationToken);
        int from = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        string now = page[..from] + sentence + "<details>\n<summary>What came out, archive by archive</summary>\n\n" + table + "\n</details>\n\n" + page[page.IndexOf(End, StringComparison.Ordinal)..];
        if (Environment.GetEnvironmentVariable("CAIRN_UPDATE_REFERENCES") == "1")
        {
            await File.WriteAllTextAsync(Repository.File(Page), now, TestContext.Current.CancellationToken);
        }
        else
        {
            Assert.Equal(page, now);
        }
    }

    private static async Task<string> Line(Session session, string archive, Sums sums)
    {
        JsonElement seen = await Ask(session, $"cairn peek darwin-core:archives/{archive} --limit 1");
        if (!seen.GetProperty("ok").GetBoolean())
        {
            return $"| `{archive}` | not read: {seen.GetProperty("problems")[0].GetProperty("message").GetString()!.Replace("/home/you/here/archives/", "", StringComparison.Ordinal)} | | | | |\n";
        }

        string[] tables = [.. seen.TryGetProperty("tables", out JsonElement list) ? list.EnumerateArray().Select(t => t.GetProperty("table").GetString()!) : ["core"]];
        bool hasId = seen.GetProperty("columns").EnumerateArray().Any(c => c.GetProperty("name").GetString() == "id");
        session.Write("shape.flow.yaml", Flow(archive, tables, hasId));
        JsonElement run = await Ask(session, "cairn run shape.flow.yaml --yes");
        if (!run.GetProperty("ok").GetBoolean())
        {
            return $"| `{archive}` | stopped: {run.GetProperty("problems")[0].GetProperty("message").GetString()} | | | | |\n";
        }

        JsonElement[] accounts = [.. run.GetProperty("accounts").EnumerateArray()];
        Assert.All(accounts, a => Assert.True(a.GetProperty("balances").GetBoolean()));
        long Gone(string reason) => accounts.Sum(a => Rows(a.GetProperty("gone"), reason));
        string rows = string.Join(", ", tables.Select((name, i) => string.Create(CultureInfo.InvariantCulture, $"{name} {accounts.First(a => a.GetProperty("table").GetString() == $"t{i}").GetProperty("out").GetInt64():N0}")));
        IEnumerable<string> findings =
            from finding in run.GetProperty("findings").EnumerateArray()
            let code = finding.GetProperty("code").GetString()!
            where code is not ("shape/exact-duplicates" or "shape/unmatched-left" or "shape/unmatched-right" or "table/empty-column" or "darwin-core/orphans")
            group code by code into same
            orderby same.Key
            select same.Count() == 1 ? $"`{same.Key}`" : $"`{same.Key}` ({same.Count()})";
        long orphans = accounts.Where(a => a.GetProperty("table").GetString()!.StartsWith("orphans", StringComparison.Ordinal)).Sum(a => a.GetProperty("out").GetInt64());
        sums.Read++;
        sums.Tables += tables.Length;
        sums.Rows += tables.Select((_, i) => accounts.First(a => a.GetProperty("table").GetString() == $"t{i}").GetProperty("out").GetInt64()).Sum();
        sums.Refused += Gone("refused");
        sums.Copies += Gone("exact duplicate");
        sums.Orphans += orphans;
        return $"| `{archive}` | {rows} | {Count(Gone("refused"))} | {Count(Gone("exact duplicate"))} | {Count(orphans)} | {string.Join(", ", findings)} |\n";
    }

    private static string Flow(string archive, string[] tables, bool hasId)
    {
        var read = new StringBuilder();
        var shape = new StringBuilder();
        var write = new StringBuilder();
        for (int i = 0; i < tables.Length; i++)
        {
            read.Append(CultureInfo.InvariantCulture, $"  t{i}: {{ darwin-core: {{ path: \"archives/{archive}\", table: \"{tables[i]}\" }} }}\n");
            shape.Append(CultureInfo.InvariantCulture, $"  once{i}: {{ distinct: t{i} }}\n");
            write.Append(CultureInfo.InvariantCulture, $"  once{i}: {{ to: {{ delimited: {{ path: out/{i}.tsv.gz }} }} }}\n");
            if (i > 0 && hasId)
            {
                shape.Append(CultureInfo.InvariantCulture, $"  orphans{i}: {{ anti-join: {{ from: once{i}, against: once0, by: {{ coreid: id }} }} }}\n");
                write.Append(CultureInfo.InvariantCulture, $"  orphans{i}: {{ to: {{ delimited: {{ path: out/orphans{i}.tsv.gz }} }} }}\n");
            }
        }

        return $"flow: shape\nread:\n{read}shape:\n{shape}write:\n{write}";
    }

    private static async Task<JsonElement> Ask(Session session, string command)
    {
        IReadOnlyList<string> printed = await session.Type($"{command} --json 2>errors; rm -rf .cairn", TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(string.Join('\n', printed));
        return json.RootElement.Clone();
    }

    private static long Rows(JsonElement movements, string reason) =>
        movements.EnumerateArray().Where(m => m.GetProperty("reason").GetString() == reason).Sum(m => m.GetProperty("rows").GetInt64());

    private static string Count(long rows) => rows == 0 ? "" : rows.ToString("N0", CultureInfo.InvariantCulture);

    private static string? Shared()
    {
        string named = Environment.GetEnvironmentVariable("CAIRN_SHARED") ?? Path.Combine(Repository.Root, "..", "shared");
        return Directory.Exists(Path.Combine(named, "darwincore")) ? Path.GetFullPath(named) : null;
    }

    private sealed class Sums
    {
        public int Read { get; set; }
        public int Tables { get; set; }
        public long Rows { get; set; }
        public long Refused { get; set; }
        public long Copies { get; set; }
        public long Orphans { get; set; }
    }

    [GeneratedRegex(@"^\| ([\w./-]+) \| [\w-]+/[\w-]+ \|", RegexOptions.Multiline)]
    private static partial Regex Listed();
}
