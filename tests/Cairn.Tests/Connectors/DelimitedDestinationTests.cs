using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Cairn.Adapters.Connectors.Delimited;
using Cairn.Adapters.DelimitedText;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Settings;
using Cairn.Tests.DelimitedText;
using FsCheck;
using FsCheck.Fluent;

namespace Cairn.Tests.Connectors;

public sealed class DelimitedDestinationTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cairn-written").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_table_is_written_with_header_blanks_and_quotes_where_needed()
    {
        TableOf table = new(["a", "b"], ["1", ""], ["x,y", "say \"hi\"\nthere"]);
        DestinationReport report = Write("deep/out.csv", table);
        byte[] bytes = File.ReadAllBytes(PathOf("deep/out.csv"));
        Assert.Equal("a,b\n1,\n\"x,y\",\"say \"\"hi\"\"\nthere\"\n", Encoding.UTF8.GetString(bytes));
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(bytes)), (long)bytes.Length, "text/csv"), (report.Outputs[0].Sha256, report.Outputs[0].Bytes, report.Outputs[0].MediaType));
        Assert.Equal(2, report.Rows["t"]);
        Assert.Equal(["out.csv"], Directory.GetFileSystemEntries(PathOf("deep")).Select(Path.GetFileName));
    }

    [Fact]
    public void The_same_rows_give_the_same_gz()
    {
        TableOf table = new(["a"], ["1"], ["2"]);
        string first = Write("a.tsv.gz", table).Outputs[0].Sha256;
        Thread.Sleep(1100);
        Assert.Equal(first, Write("b.tsv.gz", table).Outputs[0].Sha256);
        using var text = new StreamReader(new GZipStream(File.OpenRead(PathOf("a.tsv.gz")), CompressionMode.Decompress));
        Assert.Equal("a\n1\n2\n", text.ReadToEnd());
    }

    [Fact]
    public void Values_that_text_without_quotes_cannot_hold_are_listed_and_nothing_is_written()
    {
        File.WriteAllText(PathOf("out.tsv"), "old");
        TableOf table = new(["id", "note"], ["1", "fine"], ["2", "a\tb"], ["3", "c\nd"]);
        Problem problem = Assert.Throws<ProblemException>(() => Write("out.tsv", table)).Problems[0];
        Assert.Equal(("write/values-do-not-fit", "2 values of t cannot be written as text without quotes; nothing was written"), (problem.Code, problem.Message));
        Assert.Equal(["row 2, note: holds the delimiter or a line break", "row 3, note: holds the delimiter or a line break"], problem.Details);
        Assert.Equal("old", File.ReadAllText(PathOf("out.tsv")));
        Assert.Single(Directory.GetFileSystemEntries(folder));

        Write("out.tsv", table, ("quote", "\""));
        Assert.Equal("id\tnote\n1\tfine\n2\t\"a\tb\"\n3\t\"c\nd\"\n", File.ReadAllText(PathOf("out.tsv")));
    }

    [Fact]
    public void Line_ends_encodings_and_header_are_as_asked()
    {
        Write("out.csv", new TableOf(["caf\u00e9"], ["\u20ac"]), ("line_end", "crlf"), ("encoding", "windows-1252"), ("header", "true"));
        Assert.Equal("caf\u00e9\r\n\u20ac\r\n", Encodings.Named("windows-1252")!.GetString(File.ReadAllBytes(PathOf("out.csv"))));
        Write("out.csv", new TableOf(["a"], ["b"]), ("header", "false"), ("encoding", "utf-16"));
        Assert.Equal([0xff, 0xfe, (byte)'b', 0, (byte)'\n', 0], File.ReadAllBytes(PathOf("out.csv")));
        Problem problem = Assert.Throws<ProblemException>(() => Write("out.csv", new TableOf(["a"], ["\u65e5"]), ("encoding", "windows-1252"))).Problems[0];
        Assert.Equal("row 1: holds `\u65e5`, which windows-1252 does not have", Assert.Single(problem.Details));
    }

    [Fact]
    public void An_input_cannot_be_written_not_even_by_another_name()
    {
        File.WriteAllText(PathOf("in.tsv"), "x");
        File.CreateSymbolicLink(PathOf("link.tsv"), PathOf("in.tsv"));
        Directory.CreateSymbolicLink(PathOf("linked"), folder);
        foreach (string name in (string[])["in.tsv", "link.tsv", "linked/in.tsv", "./linked/../in.tsv"])
        {
            using IDestination destination = Open(name, [PathOf("in.tsv")]);
            Assert.Equal("write/is-input", Assert.Throws<ProblemException>(() => destination.Look(default)).Problems[0].Code);
        }
    }

    [Fact]
    public void Looking_tells_what_is_there_and_writes_nothing()
    {
        using IDestination missing = Open("new/folder/out.tsv", []);
        Assert.Null(missing.Look(default).Current);
        Assert.Empty(Directory.GetFileSystemEntries(folder));

        File.WriteAllText(PathOf("out.tsv"), "old");
        using IDestination there = Open("out.tsv", []);
        DestinationState state = there.Look(default);
        Assert.Equal((PathOf("out.tsv"), Convert.ToHexStringLower(SHA256.HashData("old"u8)), 3L), (state.Path, state.Current!.Sha256, state.Current.Bytes));

        using IDestination isFolder = Open(".", []);
        Assert.Equal("write/is-folder", Assert.Throws<ProblemException>(() => isFolder.Look(default)).Problems[0].Code);
        using IDestination inFile = Open("out.tsv/x.tsv", []);
        Assert.Equal("write/no-folder", Assert.Throws<ProblemException>(() => inFile.Look(default)).Problems[0].Code);
    }

    [Fact]
    public void A_folder_that_may_not_be_written_is_found_by_looking()
    {
        using var disk = SmallDisk.Mount(PathOf("readonly"), "ro");
        using IDestination destination = Open("readonly/new/out.tsv", []);
        Assert.Equal("write/not-permitted", Assert.Throws<ProblemException>(() => destination.Look(default)).Problems[0].Code);
    }

    [Theory]
    [InlineData("out.tsv")]
    [InlineData("out.tsv.gz")]
    public void A_disk_that_becomes_full_leaves_what_was_there(string name)
    {
        using var disk = SmallDisk.Mount(PathOf("small"), "size=1m");
        File.WriteAllText(PathOf($"small/{name}"), "old");
        var random = new Random(1);
        TableOf large = new(["a"], [.. Enumerable.Range(0, 60_000).Select(_ => (string[])[random.NextInt64().ToString("x16") + random.NextInt64().ToString("x16")])]);
        Problem problem = Assert.Throws<ProblemException>(() => Write($"small/{name}", large)).Problems[0];
        Assert.Equal("write/disk-full", problem.Code);
        Assert.Equal([name], Directory.GetFileSystemEntries(PathOf("small")).Select(Path.GetFileName));
        Assert.Equal("old", File.ReadAllText(PathOf($"small/{name}")));
    }

    [Fact]
    public void Of_two_that_write_one_output_at_once_the_second_is_told_to_wait()
    {
        using IDestination second = Open("out.tsv", []);
        Problem? busy = null;
        var first = new TableOf(["a"], ["1"])
        {
            OnOpen = () => busy = Assert.Throws<ProblemException>(() => second.Write(new Dictionary<string, ITableRows> { ["t"] = new TableOf(["a"], ["2"]) }, default)).Problems[0],
        };
        Write("out.tsv", first);
        Assert.Equal(("write/busy", ProblemKind.Unreachable), (busy!.Code, busy.Kind));
        Assert.Equal("a\n1\n", File.ReadAllText(PathOf("out.tsv")));
    }

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        Gen<string> cell = Gen.ListOf(Gen.Elements("a", "\u00e9", " ", ",", "\t", "\"", "\n", "\r", "\r\n", "\ud83e\udea8", "\0", "'")).Select(parts => string.Concat(parts));
        var cases =
            from columns in Gen.Choose(1, 4)
            from rows in Gen.ListOf(Gen.ArrayOf(cell, columns))
            from always in Gen.Elements(Quoting.Needed, Quoting.Always)
            from separator in Gen.Elements(",", "\t", "\u00a6", "||")
            from end in Gen.Elements("\n", "\r\n")
            select (columns, rows, always, separator, end);
        Prop.ForAll(Arb.From(cases), c =>
        {
            var stream = new MemoryStream();
            TableOf table = new([.. Enumerable.Range(0, c.columns).Select(i => $"c{i}")], [.. c.rows]);
            var writer = new DelimitedWriter(stream, new DelimitedOutput { Separator = c.separator, Quoting = c.always, LineEnd = c.end }, "t", table.Columns);
            writer.Write(table.Open(default), default);
            writer.End();
            Reading reading = Reading.Of(stream.ToArray(), DelimitedFormat.Csv with { Separator = c.separator }, c.columns, 64);
            Assert.Equal(c.rows, reading.Rows);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    private string PathOf(string name) => Path.Combine(folder, name);

    private DestinationReport Write(string name, TableOf table, params (string Key, string Value)[] settings)
    {
        using IDestination destination = Open(name, [], settings);
        destination.Look(default);
        return destination.Write(new Dictionary<string, ITableRows> { ["t"] = table }, default);
    }

    private IDestination Open(string name, string[] inputs, params (string Key, string Value)[] settings)
    {
        var place = new FilePlace("flow.yaml", 9, 3);
        return new DelimitedConnector().OpenDestination(new DestinationRequest("t",
            new MapSetting([.. settings.Append(("path", name)).Select(s => new SettingEntry(s.Item1, place, new ScalarSetting(s.Item2, false, place)))], place), folder, folder, inputs, place));
    }
}
