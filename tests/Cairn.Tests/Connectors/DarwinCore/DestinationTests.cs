using System.IO.Compression;
using System.Text;
using System.Xml;
using Cairn.Adapters.Connectors.DarwinCore;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Settings;
using Cairn.Tests.Archives;
using FsCheck;
using FsCheck.Fluent;

namespace Cairn.Tests.Connectors.DarwinCore;

public sealed class DestinationTests : IDisposable
{
    private static readonly FilePlace Place = new("test.flow.yaml", 9, 3);
    private readonly Packed _packed = new();

    public void Dispose() => _packed.Dispose();

    [Theory]
    [InlineData("out.zip")]
    [InlineData("out")]
    public void What_is_written_is_read_again_the_same(string path)
    {
        var core = new TableOf(["id", "scientificName", "locality"], ["1", "Puma concolor", "\"Los Pinos\" ranch"], ["2", "", "NULL"], ["3", "Lynx lynx", @"\N"]);
        var media = new TableOf(["coreid", "title"], ["1", "front"], ["1", "a\ttab, a \"quote\" and\na line"], ["3", ""]);

        DestinationReport report = Write(Settings(path), ("specimens", core), ("media", media));

        Assert.Equal(new Dictionary<string, long> { ["specimens"] = 3, ["media"] = 3 }, report.Rows);
        Assert.Equal(["darwin-core/metadata-made"], report.Findings.Select(f => f.Code));
        SourceRows readCore = Read(path, "core");
        Assert.Equal(["id", "scientificName", "locality"], readCore.Names);
        Assert.Equal(["1|Puma concolor|\"Los Pinos\" ranch", "2||NULL", @"3|Lynx lynx|\N"], readCore.Lines);
        SourceRows readMedia = Read(path, "Multimedia");
        Assert.Equal(["coreid", "title"], readMedia.Names);
        Assert.Equal(["1|front", "1|a\ttab, a \"quote\" and\na line", "3|"], readMedia.Lines);
        Assert.Equal(["http://rs.tdwg.org/dwc/terms/scientificName", "http://rs.tdwg.org/dwc/terms/locality"], readCore.Layout.Columns.Skip(1).Select(c => c.Term));

        // Quotes only where they are needed, and the descriptor says so of each file.
        IReadOnlyList<ArchiveTable> tables = DarwinCoreArchive.Describe(_packed.At(path)).Tables;
        Assert.Equal(["", "\""], tables.Select(t => t.FieldsEnclosedBy));
        Assert.Equal(["occurrence.txt", "multimedia.txt"], tables.SelectMany(t => t.Locations));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(_packed.Folder), f => Path.GetFileName(f) != path);
    }

    [Fact]
    public void The_same_tables_give_the_same_bytes_and_their_hash_is_reported()
    {
        var core = new TableOf(["id", "locality"], ["1", "Andes"]);
        DestinationReport first = Write(Settings("a.zip", extension: null), ("specimens", core));
        DestinationReport second = Write(Settings("b.zip", extension: null), ("specimens", core));

        Assert.Equal(first.Outputs.Single().Sha256, second.Outputs.Single().Sha256);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(_packed.At("a.zip")))), first.Outputs.Single().Sha256);
        using ZipArchive zip = ZipFile.OpenRead(_packed.At("a.zip"));
        Assert.All(zip.Entries, e => Assert.Equal(new DateTime(1980, 1, 1), e.LastWriteTime.DateTime));
        Assert.Equal(["meta.xml", "eml.xml", "occurrence.txt"], zip.Entries.Select(e => e.FullName));
    }

    [Fact]
    public void The_descriptor_fits_the_schema_and_names_every_attribute()
    {
        var core = new TableOf(["occurrenceID", "recordedBy"], ["1", "A|B"]) { Columns = [new TableColumn("occurrenceID", ColumnType.Text), new TableColumn("recordedBy", ColumnType.Text) { DelimitedBy = "|", Vocabulary = "http://example.org/v" }] };
        Write(Settings("out", id: "occurrenceID", extension: null), ("specimens", core));

        string xml = File.ReadAllText(_packed.At("out/meta.xml"));
        Assert.Equal("""
            <?xml version="1.0" encoding="utf-8"?>
            <archive metadata="eml.xml" xmlns="http://rs.tdwg.org/dwc/text/">
              <core encoding="UTF-8" fieldsTerminatedBy="\t" linesTerminatedBy="\n" fieldsEnclosedBy="" ignoreHeaderLines="1" rowType="http://rs.tdwg.org/dwc/terms/Occurrence">
                <files>
                  <location>occurrence.txt</location>
                </files>
                <id index="0" />
                <field index="0" term="http://rs.tdwg.org/dwc/terms/occurrenceID" />
                <field index="1" term="http://rs.tdwg.org/dwc/terms/recordedBy" vocabulary="http://example.org/v" delimitedBy="|" />
              </core>
            </archive>

            """, xml);
        Assert.Equal("occurrenceID\trecordedBy\n1\tA|B\n", File.ReadAllText(_packed.At("out/occurrence.txt")));
        var eml = new XmlDocument { XmlResolver = null };
        eml.Load(_packed.At("out/eml.xml"));
        Assert.Equal("archive", eml.SelectSingleNode("//dataset/title")!.InnerText);
    }

    [Fact]
    public void Terms_come_from_the_flow_from_the_source_and_from_the_columns_own_names()
    {
        var core = new TableOf(["id", "rights", "myRights", "DECIMALLATITUDE"], ["1", "a", "b", "2.5"])
        {
            Columns = [new TableColumn("id", ColumnType.Text), new TableColumn("rights", ColumnType.Text, "http://purl.org/dc/elements/1.1/rights"), new TableColumn("myRights", ColumnType.Text), new TableColumn("DECIMALLATITUDE", ColumnType.Text)],
        };
        Write(Settings("out.zip", extension: null, terms: ("myRights", "dcterms:rights")), ("specimens", core));

        Assert.Equal(["http://purl.org/dc/elements/1.1/rights", "http://purl.org/dc/terms/rights", "http://rs.tdwg.org/dwc/terms/decimalLatitude"],
            DarwinCoreArchive.Describe(_packed.At("out.zip")).Tables[0].Fields.Select(f => f.Term));
    }

    [Fact]
    public void Multimedia_is_Audiovisual_Cores_where_its_own_terms_are_there()
    {
        var media = new TableOf(["coreid", "accessURI"], ["1", "http://x"]) { Columns = [new TableColumn("coreid", ColumnType.Text), new TableColumn("accessURI", ColumnType.Text, "http://rs.tdwg.org/ac/terms/accessURI")] };
        Write(Settings("out.zip"), ("specimens", new TableOf(["id", "locality"], ["1", "x"])), ("media", media));

        Assert.Equal("http://rs.tdwg.org/ac/terms/Multimedia", DarwinCoreArchive.Describe(_packed.At("out.zip")).Tables[1].RowType);
    }

    [Fact]
    public void Unknown_terms_are_told_all_at_once_with_the_nearest_and_nothing_is_written()
    {
        var core = new TableOf(["id", "scientificNam", "xyzzy_plugh", "locality"], ["1", "", "", ""]);
        IReadOnlyList<Problem> problems = Assert.Throws<ProblemException>(() => Write(Settings("out.zip", extension: null), ("specimens", core))).Problems;

        Assert.Equal(["darwin-core/unknown-term", "darwin-core/unknown-term"], problems.Select(p => p.Code));
        Assert.Equal("did you mean `scientificName`?", problems[0].Hint);
        Assert.Null(problems[1].Hint);
        Assert.Empty(Directory.GetFileSystemEntries(_packed.Folder));
    }

    [Fact]
    public void One_term_for_two_columns_and_a_missing_id_column_are_told()
    {
        var twice = new TableOf(["id", "locality", "Locality"], ["1", "", ""]);
        Assert.Equal("darwin-core/term-twice", Packed.ProblemOf(() => Write(Settings("out.zip", extension: null), ("specimens", twice))).Code);

        var core = new TableOf(["id", "locality"], ["1", ""]);
        var media = new TableOf(["title"], ["x"]);
        Problem missing = Packed.ProblemOf(() => Write(Settings("out.zip"), ("specimens", core), ("media", media)));
        Assert.Equal("darwin-core/no-id-column", missing.Code);
        Assert.Contains("coreid", missing.Message);
    }

    [Fact]
    public void Ids_that_do_not_hold_together_are_counted()
    {
        var core = new TableOf(["id", "locality"], ["1", "a"], ["2", "b"], ["2", "c"], ["", "d"], ["", "e"]);
        var media = new TableOf(["coreid", "title"], ["1", "x"], ["9", "y"], ["8", "z"], ["", "w"]);
        DestinationReport report = Write(Settings("out.zip"), ("specimens", core), ("media", media));

        Assert.Equal(
            ["darwin-core/id-blank: specimens: 2 rows", "darwin-core/id-repeated: specimens: 1 row", "darwin-core/coreid-blank: media: 1 row", "darwin-core/orphans: media: 2 rows"],
            report.Findings.Where(f => f.Code != "darwin-core/metadata-made").Select(f => $"{f.Code}: {string.Join(' ', f.Message.Split(' ')[..3])}"));
        Assert.Equal(["row 2: 9", "row 3: 8"], report.Findings.Single(f => f.Code == "darwin-core/orphans").Details);
    }

    [Fact]
    public void A_metadata_document_is_passed_on_byte_by_byte()
    {
        byte[] eml = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-16\"?><eml>Å</eml>")).ToArray();
        _packed.Put("my.xml", eml);
        DestinationReport report = Write(Settings("out", extension: null, eml: "my.xml"), ("specimens", new TableOf(["id", "locality"], ["1", "a"])));

        Assert.Equal(eml, File.ReadAllBytes(_packed.At("out/eml.xml")));
        Assert.Empty(report.Findings);
        _packed.Put("bad.xml", "<eml>A & B</eml>");
        Assert.Equal("darwin-core/metadata-not-xml", Packed.ProblemOf(() => Look(Settings("out", extension: null, eml: "bad.xml"))).Code);
        Assert.Equal("file/missing", Packed.ProblemOf(() => Look(Settings("out", extension: null, eml: "no.xml"))).Code);
    }

    [Fact]
    public void What_was_there_stays_when_the_rows_cannot_be_had()
    {
        var core = new TableOf(["id", "locality"], ["1", "old"]);
        foreach (string path in (string[])["out.zip", "out"])
        {
            Write(Settings(path, extension: null), ("specimens", core));
            var opened = 0;
            var broken = new TableOf(["id", "locality"], ["1", "new"]) { OnOpen = () => { if (opened++ > 0) { throw new OperationCanceledException(); } } };
            Assert.Throws<OperationCanceledException>(() => Write(Settings(path, extension: null), ("specimens", broken)));
            Assert.Equal(["1|old"], Read(path, "core").Lines);

            Write(Settings(path, extension: null), ("specimens", new TableOf(["id", "locality"], ["1", "newer"])));
            Assert.Equal(["1|newer"], Read(path, "core").Lines);
        }

        Assert.Equal(["out", "out.zip"], Directory.GetFileSystemEntries(_packed.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_that_holds_other_things_is_left_alone()
    {
        _packed.Put("mine/thesis.doc", "years of work");
        Problem problem = Packed.ProblemOf(() => Look(Settings("mine", extension: null)));

        Assert.Equal("write/folder-in-use", problem.Code);
        Assert.Equal(["thesis.doc"], problem.Details);
        Assert.Equal("write/folder-in-use", Packed.ProblemOf(() => Write(Settings("mine", extension: null), ("specimens", new TableOf(["id", "locality"], ["1", "a"])))).Code);
        Assert.Equal("years of work", File.ReadAllText(_packed.At("mine/thesis.doc")));
    }

    [Fact]
    public void An_input_is_never_written_over()
    {
        Write(Settings("in", extension: null), ("specimens", new TableOf(["id", "locality"], ["1", "a"])));
        Write(Settings("in.zip", extension: null), ("specimens", new TableOf(["id", "locality"], ["1", "a"])));

        Assert.Equal("write/is-input", Packed.ProblemOf(() => Look(Settings("in", extension: null), _packed.At("in/occurrence.txt"))).Code);
        Assert.Equal("write/is-input", Packed.ProblemOf(() => Look(Settings("in.zip", extension: null), _packed.At("in.zip"))).Code);
        Assert.NotNull(Look(Settings("in", extension: null)).Current);
        Assert.NotNull(Look(Settings("in.zip", extension: null)).Current);
        Assert.Null(Look(Settings("new", extension: null)).Current);
    }

    [Fact]
    public void Two_runs_on_one_folder_do_not_mix()
    {
        Problem? busy = null;
        var core = new TableOf(["id", "locality"], ["1", "first"])
        {
            OnOpen = () =>
            {
                // While the first is at it, a second tries.
                if (busy is null && Directory.GetFileSystemEntries(_packed.Folder).Length > 0)
                {
                    busy = Packed.ProblemOf(() => Write(Settings("out", extension: null), ("specimens", new TableOf(["id", "locality"], ["1", "second"]))));
                }
            },
        };
        Write(Settings("out", extension: null), ("specimens", core));

        Assert.Equal("write/busy", busy?.Code);
        Assert.Equal(["1|first"], Read("out", "core").Lines);
        Assert.Equal(["out"], Directory.GetFileSystemEntries(_packed.Folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("out.zip")]
    [InlineData("out")]
    public void A_disk_that_becomes_full_leaves_what_was_there(string path)
    {
        using var disk = SmallDisk.Mount(_packed.At("small"), "size=1m");
        Write(Settings($"small/{path}", extension: null), ("specimens", new TableOf(["id", "locality"], ["1", "old"])));
        var random = new Random(1);
        string[][] rows = [.. Enumerable.Range(0, 60_000).Select(i => new[] { $"{i}", $"{random.NextInt64():x}{random.NextInt64():x}" })];

        Assert.Equal("write/disk-full", Packed.ProblemOf(() => Write(Settings($"small/{path}", extension: null), ("specimens", new TableOf(["id", "locality"], rows)))).Code);

        Assert.Equal(["1|old"], Read($"small/{path}", "core").Lines);
        Assert.Equal([path], Directory.GetFileSystemEntries(_packed.At("small")).Select(Path.GetFileName));
    }

    [Fact]
    public void An_unknown_class_is_answered_by_the_nearest()
    {
        Problem problem = Packed.ProblemOf(() => Look(Settings("out.zip", rowType: "Ocurrence", extension: null)));
        Assert.Equal(("darwin-core/unknown-row-type", "did you mean `Occurrence`?"), (problem.Code, problem.Hint));
    }

    [Fact]
    public void One_column_of_blanks_keeps_its_rows()
    {
        var core = new TableOf(["locality"], ["a"], [""], ["b"]);
        Write(Settings("out.zip", extension: null), ("specimens", core));

        Assert.Equal(["a", "", "b"], Read("out.zip", "core").Lines);
    }

    [Fact]
    public void Any_cells_come_back_as_they_were()
    {
        string[] pieces = ["a", "\"", "\t", "\n", "\r", "\r\n", "\\N", "\\t", "&amp;", "<b>", "ä", "🐞", " ", ",", "|", "\u0001", "\uFEFF", "'", "#"];
        Gen<string> cell = Gen.Elements(pieces).ArrayOf().Select(string.Concat).Resize(6);
        Gen<string[][]> rows = cell.ArrayOf(3).ArrayOf().Where(r => r.Length > 0);
        int run = 0;
        Prop.ForAll(rows.ToArbitrary(), written =>
        {
            string path = $"{run++}{(run % 2 == 0 ? ".zip" : "")}";
            Write(Settings(path, extension: null), ("specimens", new TableOf(["id", "locality", "recordedBy"], written)));
            SourceRows read = SourceRows.Of(new DarwinCoreConnector(), _packed.Folder, ("path", path));

            // A row of blanks is a line of tabs, which is a row.
            return read.Refused.Count == 0 && read.Rows.Count == written.Length && read.Rows.Zip(written).All(pair => pair.First.SequenceEqual(pair.Second));
        }).QuickCheckThrowOnFailure();
    }

    private SourceRows Read(string path, string table) => SourceRows.Of(new DarwinCoreConnector(), _packed.Folder, ("path", path), ("table", table));

    private DestinationState Look(MapSetting settings, params string[] inputs)
    {
        using IDestination destination = Open(settings, inputs);
        return destination.Look(CancellationToken.None);
    }

    private DestinationReport Write(MapSetting settings, params (string Name, ITableRows Rows)[] tables)
    {
        Assert.Equal(tables.Select(t => t.Name), new DarwinCoreConnector().Tables("archive", settings).Select(t => t.Name));
        using IDestination destination = Open(settings, []);
        return destination.Write(tables.ToDictionary(t => t.Name, t => t.Rows), CancellationToken.None);
    }

    private IDestination Open(MapSetting settings, string[] inputs)
    {
        var connector = new DarwinCoreConnector();
        Assert.Empty(SettingCheck.Check(settings, connector.DestinationShape, "archive"));
        return connector.OpenDestination(new DestinationRequest("archive", settings, _packed.Folder, _packed.Folder, inputs, Place));
    }

    private static MapSetting Settings(string path, string rowType = "Occurrence", string? id = null, string? extension = "Multimedia", (string Column, string Term)? terms = null, string? eml = null)
    {
        var entries = new List<SettingEntry> { Entry("path", Scalar(path)), Entry("core", Table("specimens", rowType, id)) };
        if (extension is not null)
        {
            entries.Add(Entry("extensions", new ListSetting([Table("media", extension, null)], Place)));
        }

        if (terms is { } given)
        {
            entries.Add(Entry("terms", new MapSetting([Entry(given.Column, Scalar(given.Term))], Place)));
        }

        if (eml is not null)
        {
            entries.Add(Entry("eml", Scalar(eml)));
        }

        return new MapSetting(entries, Place);
    }

    private static MapSetting Table(string table, string rowType, string? id) =>
        new(id is null ? [Entry("table", Scalar(table)), Entry("row_type", Scalar(rowType))] : [Entry("table", Scalar(table)), Entry("row_type", Scalar(rowType)), Entry("id", Scalar(id))], Place);

    private static SettingEntry Entry(string key, Setting value) => new(key, Place, value);

    private static ScalarSetting Scalar(string text) => new(text, true, Place);
}
