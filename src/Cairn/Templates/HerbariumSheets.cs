using Cairn.Templates.Herbarium;

namespace Cairn.Templates;

/// <summary>
/// The job of the herbarium notebook on a small invented set: two bundles of sheet images and two tables of a museum's release, with every trap the
/// real ones have (examples/herbarium-sheets). The data is made here, so it can be made again.
/// </summary>
internal sealed class HerbariumSheets : Template
{
    private readonly Lazy<HerbariumSet> set = new(HerbariumSet.Make);

    public override string Name => "herbarium-sheets";

    public override string About => "Image names, a media table and an occurrence table become one table of herbarium sheets; data included.";

    public override IReadOnlyList<TemplateFile> Files =>
    [
        Example("README.md"),
        Example("cairn.yaml"),
        Example("herbarium-sheets.flow.yaml"),
        new("data/stained.tar.gz", stream => Bundle.Write(stream, "stained", set.Value.Sheets.Where(sheet => sheet.Stained))),
        new("data/unstained.tar.gz", stream => Bundle.Write(stream, "unstained", set.Value.Sheets.Where(sheet => sheet.Unstained))),
        new("data/nmnh_multimedia_1_35.tsv.gz", stream => MediaTable.Write(stream, set.Value.Rows)),
        new("data/nmnh_occurrence_1_35.tsv.gz", stream => OccurrenceTable.Write(stream, set.Value.Specimens)),
        new("data/expected.json", stream => ExpectedFigures.Write(stream, set.Value)),
    ];
}
