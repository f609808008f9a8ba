using System.IO.Compression;
using System.Text;
using Cairn.Peeking;
using Xunit;

namespace Cairn.Tests.Terminal;

public sealed class PeekCommandTests : IDisposable
{
    private readonly CommandLine _cairn = new();

    public void Dispose() => _cairn.Dispose();

    [Fact]
    public void Rows_are_shown_as_they_arrive_with_what_was_guessed()
    {
        _cairn.Write("sheets.csv", "barcode,name,note\n00000140,\"Poa, L.\",\n00000162,Carex,\"a\tb\"\n");
        Assert.Equal(ExitCode.Done, _cairn.Run("peek", "sheets.csv"));
        Assert.Equal(
            """
            delimited: { path: "sheets.csv", delimiter: comma, quote: double }
            3 columns, 2 rows

            row  barcode   name     note
            1    00000140  Poa, L.
            2    00000162  Carex    a\tb

            """,
            _cairn.Out);
        Assert.Empty(_cairn.Error);
    }

    [Fact]
    public void The_tables_of_an_archive_are_named_and_each_can_be_looked_at()
    {
        _cairn.Write("a/meta.xml", """
            <archive xmlns="http://rs.tdwg.org/dwc/text/">
              <core rowType="http://rs.tdwg.org/dwc/terms/Taxon" ignoreHeaderLines="1"><files><location>t.csv</location></files><id index="0"/><field index="1" term="http://rs.tdwg.org/dwc/terms/scientificName"/></core>
              <extension rowType="http://rs.gbif.org/terms/1.0/VernacularName" ignoreHeaderLines="1"><files><location>v.csv</location></files><coreid index="0"/><field index="1" term="http://rs.tdwg.org/dwc/terms/vernacularName"/></extension>
            </archive>
            """);
        _cairn.Write("a/t.csv", "id,name\n7,Puma concolor\n");
        _cairn.Write("a/v.csv", "id,name\n7,cougar\n");

        Assert.Equal(ExitCode.Done, _cairn.Run("peek", "a"));
        Assert.Equal(
            """
            darwin-core: { path: "a" }
            2 columns, 1 row
              table: core   the core (Taxon, t.csv)
              table: VernacularName   the extension (VernacularName, v.csv)

            row  id  scientificName
            1    7   Puma concolor

            """,
            _cairn.Out);
        Assert.Equal(ExitCode.Done, _cairn.Run("peek", "a#VernacularName", "--json"));
        Assert.Equal("cougar", _cairn.OutAsJson().GetProperty("rows")[0].GetProperty("cells").GetProperty("vernacularName").GetString());
        Assert.Equal("VernacularName", _cairn.OutAsJson().GetProperty("tables")[1].GetProperty("table").GetString());
        Assert.NotEqual(ExitCode.Done, _cairn.Run("peek", "a#VernacularNam"));
        Assert.Contains("did you mean `VernacularName`?", _cairn.Error);
    }

    [Fact]
    public void No_more_is_read_than_is_shown()
    {
        _cairn.Write("many.tsv", "n\n" + string.Concat(Enumerable.Range(1, 3_000_000).Select(n => $"{n}\n")));
        Assert.Equal(ExitCode.Done, _cairn.Run("peek", "many.tsv", "--limit", "2", "--json"));
        Assert.False(_cairn.OutAsJson().GetProperty("all").GetBoolean());
        Assert.Equal(2, _cairn.OutAsJson().GetProperty("rows").GetArrayLength());
        Assert.True(_cairn.OutAsJson().GetProperty("read").GetInt64() < 3_000_000);
    }

    [Fact]
    public void A_profile_tells_what_each_column_holds()
    {
        _cairn.Write("m.tsv", "id\trights\tsize\tempty\n0001\tCC0\t3690\t\n0002\tCC0\t12\t\n0003\tUsage Conditions Apply\t\t\n");
        Assert.Equal(ExitCode.Done, _cairn.Run("peek", "m.tsv", "--profile"));
        Assert.Equal(
            """
            delimited: { path: "m.tsv", delimiter: tab, quote: none }
            4 columns, 3 rows

            column  looks like                 blank  distinct  length  commonest
            id      digits with leading zeros      0     3 all       4
            rights  text                           0         2    3-22  CC0 (2); Usage Conditions Apply (1)
            size    integer                        1     2 all     2-4
            empty   always blank                   3         0

            """,
            _cairn.Out);
    }

    [Fact]
    public void A_wide_table_is_turned_so_that_every_column_is_seen()
    {
        _cairn.Write("w.tsv", string.Join('\t', Enumerable.Range(1, 40).Select(n => $"column{n}")) + "\n" + string.Join('\t', Enumerable.Range(1, 40)) + "\n");
        Assert.Equal(ExitCode.Done, _cairn.Run("peek", "w.tsv"));
        Assert.Contains("\ncolumn40  40\n", _cairn.Out, StringComparison.Ordinal);
        Assert.All(_cairn.Out.Split('\n'), line => Assert.True(line.Length <= 100, line));
    }

    [Fact]
    public void Rows_that_cannot_be_read_are_named_and_do_not_hide_the_others()
    {
        _cairn.Write("bad.tsv", "a\tb\n1\t2\n3\n7\t8\n");
        Assert.Equal(ExitCode.Done, _cairn.Run("peek", "bad.tsv"));
        Assert.Contains("2 columns, 2 rows and 1 that could not be read", _cairn.Out, StringComparison.Ordinal);
        Assert.Contains("bad.tsv:3", _cairn.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sample_is_the_same_for_the_same_seed()
    {
        _cairn.Write("n.tsv", "n\n" + string.Concat(Enumerable.Range(1, 500).Select(n => $"{n}\n")));
        _cairn.Run("peek", "n.tsv", "--sample", "4", "--seed", "9");
        string first = _cairn.Out;
        Assert.Contains("4 rows sampled from 500 rows with seed 9", first, StringComparison.Ordinal);
        _cairn.Run("peek", "n.tsv", "--sample", "4", "--seed", "9");
        Assert.Equal(first, _cairn.Out);
    }

    [Fact]
    public void A_mistyped_file_is_named_with_the_nearest_one()
    {
        _cairn.Write("sheets.csv", "a\n");
        Assert.Equal(ExitCode.Usage, _cairn.Run("peek", "sheet.csv"));
        Assert.Contains("did you mean `sheets.csv`?", _cairn.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\tb", "tab", false)]
    [InlineData("a,b;c,d", "comma", true)]
    [InlineData("a;b", "semicolon", true)]
    [InlineData("\"a;x;y;z\",b,c", "comma", true)]
    [InlineData("\"a\"\t\"b\"", "tab", true)]
    [InlineData("only", "tab", false)]
    public void A_delimiter_is_guessed_from_the_header(string line, string delimiter, bool quoted) => Assert.Equal((delimiter, quoted), new HeaderLine(line).Look());

    [Fact]
    public void What_a_file_is_is_told_by_its_bytes()
    {
        string Guess(string name) => SourceGuess.Of(name, _cairn.Folder, ["delimited", "archive"]).Connector;
        _cairn.Write("plain.txt", "a\tb\n");
        using (ZipArchive zip = ZipFile.Open(Path.Combine(_cairn.Folder, "dwca.zip"), ZipArchiveMode.Create))
        {
            zip.CreateEntry("meta.xml");
        }

        using (ZipArchive zip = ZipFile.Open(Path.Combine(_cairn.Folder, "images.zip"), ZipArchiveMode.Create))
        {
            zip.CreateEntry("stained/00000140.jpg");
        }

        using (FileStream file = File.Create(Path.Combine(_cairn.Folder, "bundle.tar.gz")))
        using (var gzip = new GZipStream(file, CompressionMode.Compress))
        using (var tar = new System.Formats.Tar.TarWriter(gzip))
        {
            tar.WriteEntry(new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, "stained/00000140.jpg"));
        }

        File.WriteAllBytes(Path.Combine(_cairn.Folder, "p.dat"), [.. Encoding.ASCII.GetBytes("PAR1"), 0, 0]);
        _cairn.Write("l.jsonl", "{}\n");
        _cairn.Write("release/meta.xml", "<archive/>");
        Assert.Equal("delimited", Guess("plain.txt"));
        Assert.Equal("darwin-core", Guess("dwca.zip"));
        Assert.Equal("archive", Guess("images.zip"));
        Assert.Equal("archive", Guess("bundle.tar.gz"));
        Assert.Equal("parquet", Guess("p.dat"));
        Assert.Equal("json-lines", Guess("l.jsonl"));
        Assert.Equal("darwin-core", Guess("release"));
        Assert.Equal("archive", Guess("archive:plain.txt"));
        Assert.Equal("delimited", Guess("*.txt"));
        Assert.Equal("darwin-core", Guess("https://example.org/release.zip?v=1"));
        Assert.Equal("delimited", Guess("https://example.org/media.tsv.gz"));
    }
}
