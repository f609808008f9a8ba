using System.Globalization;
using System.Text.RegularExpressions;
using Cairn.Adapters.Connectors.DarwinCore;
using Cairn.Core;
using Cairn.Tests.Archives;

namespace Cairn.Tests.Connectors.DarwinCore;

/// <summary>Every saved archive gives the rows and fields that were counted in it by other means.</summary>
public sealed partial class SharedArchiveTests
{
    public static TheoryData<string> Described => new(SharedArchives.AreThere
        ? SharedArchives.All.Where(a => SharedArchives.TablesOf(a.Read).Count > 0 && !a.Path.EndsWith(".xz", StringComparison.Ordinal) && !a.Path.EndsWith(".bz2", StringComparison.Ordinal)).Select(a => a.Path)
        : ["(none)"]);

    public static TheoryData<string> Alone => new(SharedArchives.AreThere ? SharedArchives.All.Where(a => Records().IsMatch(a.Read)).Select(a => a.Path) : ["(none)"]);

    [Theory]
    [MemberData(nameof(Described))]
    public void Rows_and_fields_are_those_of_its_own_meta_xml(string path)
    {
        SharedArchives.SkipWithout();
        var tables = SharedArchives.TablesOf(SharedArchives.All.Single(a => a.Path == path).Read);
        ArchiveDescription description = DarwinCoreArchive.Describe(Path.Combine(SharedArchives.Folder, path));

        Assert.Equal(tables.Select(t => (t.Role, t.RowType, t.File, t.Fields)),
            description.Tables.Select(t => (t.Role.ToString().ToLowerInvariant(), t.ShortRowType, t.Locations.FirstOrDefault() ?? "", t.Fields.Count)));
        foreach ((ArchiveTable table, int rows) in description.Tables.Zip(tables.Select(t => t.Rows)))
        {
            SourceRows read = SourceRows.Of(new DarwinCoreConnector(), SharedArchives.Folder, ("path", path), ("table", table.Key));
            Assert.Equal(rows, read.Rows.Count);
            Assert.Empty(read.Refused);
            if (table.Locations.Count == 0)
            {
                Assert.Contains("darwin-core/no-location", read.Codes);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Alone))]
    public void A_file_that_stands_alone_gives_its_records_less_the_header(string path)
    {
        SharedArchives.SkipWithout();
        Match counts = Records().Match(SharedArchives.All.Single(a => a.Path == path).Read);
        SourceRows read = SourceRows.Of(new DarwinCoreConnector(), SharedArchives.Folder, ("path", path));

        Assert.Equal(int.Parse(counts.Groups[1].Value, CultureInfo.InvariantCulture) - 1, read.Rows.Count);
        Assert.Contains($"'{read.Layout.FieldCount}'", counts.Groups[2].Value);
        Assert.Empty(read.Refused);
    }

    [Theory]
    [InlineData("pdr/dwca-simple-csv.zip", 3, "occurrenceid")]
    [InlineData("net/whales.zip", 3, "taxonID")]
    [InlineData("ipt/occurrence.txt.zip", 16, "scientificName")]
    public void An_archive_without_a_descriptor_gives_its_only_table(string path, int rows, string column)
    {
        SharedArchives.SkipWithout();
        SourceRows read = SourceRows.Of(new DarwinCoreConnector(), SharedArchives.Folder, ("path", path));

        Assert.Equal(rows, read.Rows.Count);
        Assert.All(read.Column(column), cell => Assert.DoesNotContain('"', cell));
    }

    [Theory]
    [InlineData("gn/data.tar.xz", "archive/kind-not-read")]
    [InlineData("gn/data.tar.bz2", "archive/kind-not-read")]
    [InlineData("ipt/event/event.zip", "darwin-core/several-tables")]
    public void What_cannot_be_read_says_why(string path, string code)
    {
        SharedArchives.SkipWithout();
        Problem problem = Packed.ProblemOf(() => SourceRows.Of(new DarwinCoreConnector(), SharedArchives.Folder, ("path", path)));

        Assert.Equal(code, problem.Code);
        Assert.NotNull(problem.Help);
    }

    [GeneratedRegex(@"^(\d+) records \(header counted\).*?widths (\{[^}]*\})")]
    private static partial Regex Records();
}
