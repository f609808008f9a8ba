using System.Security.Cryptography;
using System.Text;
using Cairn.Adapters.Connectors.Archive;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Settings;
using Cairn.Tests.Archives;

namespace Cairn.Tests.Connectors.Archive;

public sealed class ArchiveSourceTests : IDisposable
{
    private readonly Packed _packed = new();

    public void Dispose() => _packed.Dispose();

    [Fact]
    public void Files_become_rows_in_the_archives_order_and_folders_do_not()
    {
        _packed.Put("bundle.tar.gz", Packed.Gz(Packed.Tar(System.Formats.Tar.TarEntryFormat.Pax,
            ("stained/", ""), ("stained/README.txt", "x"), ("stained/00000162.jpg", "123"), ("stained/00000140.jpg", "12"), ("stained/more/00000209.jpg", "1"))));

        var read = Read(("path", "bundle.tar.gz"), ("list", "*.jpg"));

        Assert.Equal(["name", "file", "folder", "size", "modified"], read.Columns);
        Assert.Equal(
            [
                "stained/00000162.jpg|00000162.jpg|stained|3|2020-05-04T03:02:01Z",
                "stained/00000140.jpg|00000140.jpg|stained|2|2020-05-04T03:02:01Z",
                "stained/more/00000209.jpg|00000209.jpg|stained/more|1|2020-05-04T03:02:01Z",
            ],
            read.Rows);
        Assert.Equal((3, 0), (read.Report.Records, read.Report.Refused));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_packed.At("bundle.tar.gz")))), Assert.Single(read.Report.Inputs).Sha256);
        Assert.Empty(read.Report.Findings);
    }

    [Fact]
    public void A_pattern_with_a_slash_is_held_against_the_whole_path()
    {
        _packed.Put("a.zip", Packed.Zip(("a/1.jpg", ""), ("a/b/2.jpg", ""), ("3.jpg", "")));

        Assert.Equal(["a/1.jpg"], Read(("path", "a.zip"), ("list", "a/*.jpg")).Names);
        Assert.Equal(["a/1.jpg", "a/b/2.jpg"], Read(("path", "a.zip"), ("list", "a/**")).Names);
        Assert.Equal(["a/1.jpg", "a/b/2.jpg", "3.jpg"], Read(("path", "a.zip"), ("list", "[0-9].{jpg,png}")).Names);
    }

    [Fact]
    public void Several_archives_are_one_table_that_says_where_each_row_is_from()
    {
        _packed.Put("b.zip", Packed.Zip(("2.jpg", "")));
        _packed.Put("a.zip", Packed.Zip(("1.jpg", "")));

        var read = Read(("path", "*.zip"));

        Assert.Equal("archive", read.Columns[^1]);
        Assert.Equal(["1.jpg", "2.jpg"], read.Names);
        Assert.EndsWith("|a.zip", read.Rows[0]);
        Assert.Equal(2, read.Report.Inputs.Count);
    }

    [Fact]
    public void A_pattern_reaches_into_folders_and_not_round_in_rings_of_links()
    {
        _packed.Put("x/y/2.zip", Packed.Zip(("2.jpg", "")));
        _packed.Put("x/1.zip", Packed.Zip(("1.jpg", "")));
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateSymbolicLink(_packed.At("x/ring"), _packed.At("x"));
        }

        Assert.Equal(["1.jpg", "2.jpg"], Read(("path", "**/*.zip")).Names);
        Assert.Equal(["2.jpg"], Read(("path", "x/[y]/{2,3}.zip")).Names);
        Assert.Equal(["1.zip", "y/2.zip"], Read(("path", "x"), ("list", "*.zip")).Names);
    }

    [Fact]
    public void When_nothing_fits_the_pattern_the_endings_there_are_told()
    {
        _packed.Put("a.zip", Packed.Zip(("1.JPG", ""), ("2.JPG", "")));

        Problem finding = Assert.Single(Read(("path", "a.zip"), ("list", "*.jpg")).Report.Findings);

        Assert.Equal(("archive/nothing-listed", ProblemKind.Finding), (finding.Code, finding.Kind));
        Assert.Contains("2 end in .JPG", finding.Details);
    }

    [Theory]
    [InlineData("no.zip", "file/missing")]
    [InlineData("*.tar", "file/none-match")]
    [InlineData("no/*.tar", "file/missing")]
    [InlineData("plain.txt", "archive/not-an-archive")]
    public void What_is_no_archive_is_told(string path, string code)
    {
        _packed.Put("plain.txt", "just text");
        Assert.Equal(code, Packed.ProblemOf(() => Read(("path", path))).Code);
    }

    [Fact]
    public void More_files_than_a_batch_holds_come_whole()
    {
        string[] names = [.. Enumerable.Range(0, 10_000).Select(i => $"folder/{i:00000000}-ä.jpg")];
        _packed.Put("many.tar", Packed.Tar(System.Formats.Tar.TarEntryFormat.Ustar, names.Select(n => (n, ""))));

        Assert.Equal(names, Read(("path", "many.tar")).Names);
    }

    private Result Read(params (string Key, string Value)[] settings) => Result.Of(new ArchiveConnector(), _packed.Folder, settings);

    private sealed record Result(IReadOnlyList<string> Columns, IReadOnlyList<string> Rows, SourceReport Report)
    {
        public IEnumerable<string> Names => Rows.Select(r => r.Split('|')[0]);

        public static Result Of(ISourceConnector connector, string folder, params (string Key, string Value)[] settings)
        {
            var place = new FilePlace("test.flow.yaml", 1, 1);
            var map = new MapSetting([.. settings.Select(s => new SettingEntry(s.Key, place, new ScalarSetting(s.Value, false, place)))], place);
            using ISource source = connector.OpenSource(new SourceRequest("t", map, folder, folder, folder, null, place));
            var layout = source.Layout(CancellationToken.None);
            var rows = new List<string>();
            SourceReport report = source.Read(
                batch =>
                {
                    for (int r = 0; r < batch.Rows; r++)
                    {
                        Assert.Equal(rows.Count + 1, batch.Numbers[r]);
                        rows.Add(string.Join('|', layout.Columns.Select(c => Encoding.UTF8.GetString(batch.Field(r, c.Field!.Value)))));
                    }
                },
                new Unwatched(), CancellationToken.None);
            return new Result([.. layout.Columns.Select(c => c.Name)], rows, report);
        }
    }

    private sealed class Unwatched : IReadWatch
    {
        public void Refused(RefusedRow row) => Assert.Fail(row.Reason);

        public void Progress(long bytesDone, long? bytesTotal)
        {
        }
    }
}
