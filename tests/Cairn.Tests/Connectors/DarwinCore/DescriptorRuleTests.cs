using Cairn.Adapters.Connectors.DarwinCore;
using Cairn.Core;
using Cairn.Core.Tables;
using Cairn.Tests.Archives;
using Cairn.Tests.Downloads;

namespace Cairn.Tests.Connectors.DarwinCore;

/// <summary>One fixture for each rule of the text guide and each oddity, under tests/data/dwca, named for what it shows.</summary>
public sealed class DescriptorRuleTests
{
    private static string Folder => Path.Combine(Repository.Root, "tests", "data", "dwca");

    [Theory]
    [InlineData("attributes-absent-comma-and-quote", "o1|Null, A.|bare \"quotes\" stay / o2|null|two\nlines")]
    [InlineData("fieldsEnclosedBy-empty-quotes-are-data", "o1|\"Los Pinos\" ranch|NULL / o2|\"unclosed|Null / o3|A &amp; B|&lt;none&gt;")]
    [InlineData("fieldsTerminatedBy-real-tab", "1|a, b c")]
    [InlineData("fieldsTerminatedBy-character-reference", "1|a, b")]
    [InlineData("linesTerminatedBy-wrong", "1|LF / 2|CRLF / 3|last")]
    [InlineData("linesTerminatedBy-cr-alone", "1|a / 2|b")]
    [InlineData("encoding-utf-16", "1|Göteborg, Ångström")]
    [InlineData("encoding-windows-1252", "1|Göteborg, Ångström")]
    [InlineData("encoding-iso-8859-1", "1|Göteborg, Ångström")]
    [InlineData("encoding-utf8-without-hyphen", "1|Göteborg, Ångström")]
    [InlineData("encoding-cp1252", "1|Göteborg, Ångström")]
    [InlineData("ignoreHeaderLines-three", "1|a / 2|b")]
    [InlineData("several-locations", "1|Puma concolor / 2|Lynx lynx / 3|Felis catus")]
    [InlineData("location-in-a-folder", "1|Andes")]
    [InlineData("meta-in-a-folder", "1|Andes")]
    [InlineData("meta-in-utf-16", "1|Andes")]
    [InlineData("eml-utf-16", "1|Andes")]
    public void Rows_come_as_the_descriptor_means_them_and_nothing_is_to_be_told(string fixture, string rows)
    {
        SourceRows read = Read(fixture);

        Assert.Equal(rows.Split(" / "), read.Lines);
        Assert.Empty(read.Codes);
        Assert.Empty(read.Refused);
    }

    [Theory]
    [InlineData("location-in-other-case", "1|Andes", "darwin-core/location-case")]
    [InlineData("two-meta", "1|Andes", "darwin-core/several-descriptors")]
    [InlineData("meta-in-windows-1252-said-utf-8", "1|Andes|Göteborg", "darwin-core/descriptor-form")]
    [InlineData("meta-after-blank-lines", "1|Andes", "darwin-core/descriptor-form")]
    [InlineData("extension-without-location", "1|Andes", "darwin-core/no-location")]
    [InlineData("eml-bare-ampersand", "1|Andes", "darwin-core/metadata-not-xml")]
    [InlineData("eml-windows-1252-said-utf-8", "1|Andes", "darwin-core/metadata-form")]
    [InlineData("eml-missing", "1|Andes", "darwin-core/metadata-missing")]
    [InlineData("columns-not-mapped", "1|Andes", "darwin-core/columns-not-mapped")]
    [InlineData("header-differs-from-descriptor", "1|Peru|Andes", "darwin-core/header-differs")]
    [InlineData("index-past-the-file", "1|Peru| / 2|Chile|", "darwin-core/index-past-row")]
    public void Where_something_is_odd_the_rows_come_all_the_same_with_a_finding(string fixture, string rows, string code)
    {
        SourceRows read = Read(fixture);

        Assert.Equal(rows.Split(" / "), read.Lines);
        Problem finding = Assert.Single(read.Findings, f => f.Code == code);
        Assert.Equal(ProblemKind.Finding, finding.Kind);
        Assert.Empty(read.Refused);
    }

    [Theory]
    [InlineData("location-is-an-address", "darwin-core/location-address", "https://example.org/o.txt")]
    [InlineData("location-leads-out", "archive/unsafe-name", "../id-mapped/t.txt")]
    [InlineData("location-missing", "darwin-core/no-such-file", "occurence.txt")]
    [InlineData("encoding-unknown", "darwin-core/unknown-encoding", "UTF-99")]
    [InlineData("meta-without-tables", "darwin-core/descriptor-empty", "meta.xml")]
    [InlineData("meta-with-dtd", "darwin-core/descriptor-not-xml", "DTD")]
    [InlineData("no-meta-two-tables", "darwin-core/several-tables", "a.txt, b.txt")]
    [InlineData("no-meta-nothing", "darwin-core/no-table", "no-meta-nothing")]
    public void What_cannot_be_read_is_named(string fixture, string code, string named)
    {
        Problem problem = Packed.ProblemOf(() => Read(fixture));

        Assert.Equal((code, ProblemKind.Refused), (problem.Code, problem.Kind));
        Assert.Contains(named, problem.Message);
        Assert.NotNull(problem.Help);
    }

    [Fact]
    public void A_column_far_past_the_file_costs_no_more_than_one_that_is_blank()
    {
        using var packed = new Packed();
        packed.Put("a/meta.xml", File.ReadAllText(Path.Combine(Folder, "index-past-the-file", "meta.xml")).Replace("index=\"9\"", "index=\"987654\" default=\"x\""));
        packed.Put("a/o.txt", "id\tcountry\n" + string.Concat(Enumerable.Repeat("1\tPeru\n", 100_000)));
        SourceRows read = SourceRows.Of(new DarwinCoreConnector(), packed.Folder, ("path", "a"));

        Assert.Equal(100_000, read.Rows.Count);
        Assert.All(read.Lines, line => Assert.Equal("1|Peru|x", line));
    }

    [Fact]
    public void An_ill_formed_descriptor_is_told_with_its_line()
    {
        Problem problem = Packed.ProblemOf(() => Read("meta-ill-formed"));

        Assert.Equal("darwin-core/descriptor-not-xml", problem.Code);
        Assert.Equal(new FilePlace("meta-ill-formed/meta.xml", 7, 5), problem.Place);
        Assert.DoesNotContain(" Line ", problem.Message);
    }

    [Fact]
    public void A_wrong_name_of_a_file_is_answered_by_the_nearest() =>
        Assert.Contains("occurrence.txt", Packed.ProblemOf(() => Read("location-missing")).Help);

    [Fact]
    public void The_id_column_is_called_id_or_coreid_where_no_term_is_mapped_to_it()
    {
        Assert.Equal(["scientificName", "taxonRank", "id"], Read("id-not-mapped").Names);
        Assert.Equal(["vernacularName", "coreid"], Read("id-not-mapped", "VernacularName").Names);
        Assert.Equal(["cougar|7", "puma|7"], Read("id-not-mapped", "VernacularName").Lines);
        Assert.Equal(["taxonID", "scientificName"], Read("id-mapped").Names);
        Assert.Equal(["taxonID", "vernacularName"], Read("id-mapped", "v").Names);
    }

    [Fact]
    public void Defaults_fill_empty_cells_or_stand_for_a_column_and_lists_and_vocabularies_are_kept()
    {
        SourceRows read = Read("default-with-and-without-index");

        Assert.Equal(["1|France|A|B|PreservedSpecimen", "2|Belgium|C|PreservedSpecimen"], read.Lines);
        Assert.Equal(
            [
                new SourceColumn("id", 0),
                new SourceColumn("country", 1, "Belgium", "http://rs.tdwg.org/dwc/terms/country"),
                new SourceColumn("recordedBy", 2, null, "http://rs.tdwg.org/dwc/terms/recordedBy", "|", "http://example.org/people"),
                new SourceColumn("basisOfRecord", null, "PreservedSpecimen", "http://rs.tdwg.org/dwc/terms/basisOfRecord"),
            ],
            read.Layout.Columns);
    }

    [Fact]
    public void Two_terms_of_one_short_name_get_their_prefixes_and_otherwise_a_number()
    {
        SourceRows read = Read("one-short-name-twice");

        Assert.Equal(["id", "dc:rights", "dcterms:rights", "dc:type", "dcterms:type", "note", "note_2", "note_3"], read.Names);
        Assert.Equal(["1|free|CC0|StillImage|image|x|y|z"], read.Lines);
        Assert.All(read.Codes, code => Assert.Equal("darwin-core/two-columns-one-name", code));
        Assert.Equal(5, read.Codes.Count());
    }

    [Fact]
    public void Names_can_be_prefixed_or_whole()
    {
        SourceRows Named(string names) => SourceRows.Of(new DarwinCoreConnector(), Folder, ("path", "id-mapped"), ("names", names));

        Assert.Equal(["dwc:taxonID", "dwc:scientificName"], Named("prefixed").Names);
        Assert.Equal(["http://rs.tdwg.org/dwc/terms/taxonID", "http://rs.tdwg.org/dwc/terms/scientificName"], Named("full").Names);
    }

    [Fact]
    public void Terms_elements_and_attributes_are_known_in_any_case_and_keep_it()
    {
        SourceRows read = Read("terms-in-any-case", "occurrence");

        Assert.Equal(["id", "SCIENTIFICNAME", "locality"], read.Names);
        Assert.Equal(["1|Puma concolor|Andes"], read.Lines);
        Assert.Empty(read.Codes);
    }

    [Fact]
    public void The_elements_that_EOL_writes_are_tables()
    {
        Assert.Equal(["t1|Puma concolor"], Read("eol-table-elements", "Taxon").Lines);
        Assert.Equal(["m1|t1"], Read("eol-table-elements", "Document").Lines);
        Problem problem = Packed.ProblemOf(() => Read("eol-table-elements"));
        Assert.Equal("darwin-core/no-core", problem.Code);
        Assert.Equal(2, problem.Details.Count);
    }

    [Fact]
    public void Short_rows_are_filled_long_ones_kept_and_both_are_told()
    {
        SourceRows read = Read("rows-short-and-long");

        Assert.Equal(["1|Peru|Andes", "2||", "3|Chile|", "4|Peru|Lima", "5||"], read.Lines);
        Assert.Equal(2, read.Report.Filled);
        Assert.Equal(2, read.Codes.Count());
        Assert.All(read.Findings, f => Assert.Contains(f.Details, d => d.Contains("o.txt:3") || d.Contains("o.txt:5")));
    }

    [Fact]
    public void A_file_of_zero_bytes_is_a_table_without_rows()
    {
        SourceRows read = Read("file-of-zero-bytes");

        Assert.Empty(read.Rows);
        Assert.Equal(["id", "locality"], read.Names);
        Assert.Equal(["darwin-core/no-rows"], read.Codes);
    }

    [Fact]
    public void An_extension_that_names_no_file_has_no_rows()
    {
        SourceRows read = Read("extension-without-location", "Multimedia");

        Assert.Empty(read.Rows);
        Assert.Contains("darwin-core/no-location", read.Codes);
    }

    [Fact]
    public void Backslash_N_stays_and_is_told_and_becomes_blank_where_the_flow_says_so()
    {
        SourceRows read = Read("backslash-n");
        Assert.Equal([@"1|\N|Peru", @"2|at C:\New|\N", @"3|\N |x\N"], read.Lines);
        Problem finding = Assert.Single(read.Findings);
        Assert.Equal("darwin-core/backslash-n", finding.Code);
        Assert.Contains("2 cells", finding.Message);

        SourceRows blanked = SourceRows.Of(new DarwinCoreConnector(), Folder, ("path", "backslash-n"), ("nulls", new[] { @"\N" }));
        Assert.Equal(["1||Peru", @"2|at C:\New|", @"3|\N |x\N"], blanked.Lines);
        Assert.Empty(blanked.Codes);
    }

    [Fact]
    public void Tables_of_one_class_are_told_apart_by_their_files()
    {
        Assert.Equal(["1|o"], Read("tables-of-one-class").Lines);
        Assert.Equal(["1|verbatim"], Read("tables-of-one-class", "verbatim.txt").Lines);
        Assert.Equal(["1|media"], Read("tables-of-one-class", "multimedia").Lines);
        Assert.Equal(["1|media"], Read("tables-of-one-class", "http://rs.gbif.org/terms/1.0/Multimedia").Lines);
        Assert.Equal("darwin-core/table-not-certain", Packed.ProblemOf(() => Read("tables-of-one-class", "Occurrence")).Code);
        Problem none = Packed.ProblemOf(() => Read("tables-of-one-class", "Multimedium"));
        Assert.Equal("darwin-core/no-such-table", none.Code);
        Assert.Contains("Multimedia", none.Help);
        Assert.Equal(["core", "verbatim.txt", "Multimedia"], DarwinCoreArchive.Describe(Path.Combine(Folder, "tables-of-one-class")).Tables.Select(t => t.Key));
    }

    [Fact]
    public void The_settings_win_over_a_wrong_descriptor()
    {
        Assert.Equal(["1|a"], SourceRows.Of(new DarwinCoreConnector(), Folder, ("path", "encoding-unknown"), ("encoding", "utf-8")).Lines);
        Assert.Equal([@"o1,""Null, A."",bare ""quotes"" stay||", @"o2,null,""two||", @"lines""||"],
            SourceRows.Of(new DarwinCoreConnector(), Folder, ("path", "attributes-absent-comma-and-quote"), ("delimiter", "tab"), ("quote", "none")).Lines);
    }

    [Theory]
    [InlineData("no-meta-tab", "Occurrence", 0, "occurrenceID|scientificName|myNote", "o1|Puma \"the cat\"|x")]
    [InlineData("no-meta-comma-quoted", "Taxon", 0, "taxonID|scientificName|note", "t1|Puma, concolor|say \"meow\" / t2|Lynx lynx|")]
    [InlineData("no-meta-semicolon-windows-1252", "Event", 0, "eventID|locality|eventDate", "e1|Göteborg|2020")]
    [InlineData("no-meta-no-id", "", null, "scientificName|locality", "Puma|Andes")]
    [InlineData("no-meta-one-table-has-terms", "Occurrence", 0, "occurrenceID|locality", "1|Andes")]
    public void Without_a_descriptor_form_id_and_class_are_found(string fixture, string rowType, int? id, string names, string rows)
    {
        SourceRows read = Read(fixture);
        ArchiveTable table = Assert.Single(DarwinCoreArchive.Describe(Path.Combine(Folder, fixture)).Tables);

        Assert.Equal(names.Split('|'), read.Names);
        Assert.Equal(rows.Split(" / "), read.Lines);
        Assert.Equal((rowType, id), (table.ShortRowType, table.IdIndex));
    }

    [Fact]
    public void Without_a_descriptor_a_table_may_be_named_by_its_file() =>
        Assert.Equal(["1|Puma"], Read("no-meta-two-tables", "a.txt").Lines);

    [Fact]
    public void An_archive_at_an_address_is_fetched_and_recorded_by_it()
    {
        using var packed = new Packed();
        using var server = new SmallServer
        {
            Content = Packed.Zip(Directory.GetFiles(Path.Combine(Folder, "id-mapped")).Order(StringComparer.Ordinal).Select(f => (Path.GetFileName(f), File.ReadAllText(f)))),
        };
        string sha = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(server.Content));

        SourceRows read = SourceRows.Of(new DarwinCoreConnector(), packed.Folder, ("path", server.Address), ("sha256", sha));

        Assert.Equal(["7|Puma concolor"], read.Lines);
        Assert.Equal((server.Address, sha), (read.Report.Inputs.Single().Path, read.Report.Inputs.Single().Sha256));
        Assert.Contains("ETag", read.Report.Inputs.Single().Release);

        packed.Put("a.zip", server.Content);
        Assert.Equal(["7|Puma concolor"], SourceRows.Of(new DarwinCoreConnector(), packed.Folder, ("path", "a.zip"), ("sha256", sha)).Lines);
        Assert.Equal("file/wrong-checksum", Packed.ProblemOf(() => SourceRows.Of(new DarwinCoreConnector(), packed.Folder, ("path", "a.zip"), ("sha256", new string('0', 64)))).Code);
    }

    [Fact]
    public void What_was_read_of_a_folder_is_hashed_file_by_file()
    {
        SourceRows read = Read("several-locations");

        Assert.Equal(["taxa1.txt", "more/taxa2.txt", "meta.xml"], read.Report.Inputs.Select(v => Path.GetRelativePath(Path.Combine(Folder, "several-locations"), v.Path)));
        Assert.All(read.Report.Inputs, v => Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(v.Path))), v.Sha256));
    }

    private static SourceRows Read(string fixture, string? table = null) =>
        SourceRows.Of(new DarwinCoreConnector(), Folder, table is null ? [("path", fixture)] : [("path", fixture), ("table", table)]);
}
