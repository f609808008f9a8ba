using Cairn.Core.Expressions;
using Cairn.Core.Flows;

namespace Cairn.Tests.Flows;

/// <summary>The example's flow, read as it stands.</summary>
public sealed class HerbariumFlowTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "examples", "herbarium-sheets", "herbarium-sheets.flow.yaml"));

    [Fact]
    public void It_reads_without_problems()
    {
        Flow flow = FlowTexts.Good(Text);

        Assert.Equal("herbarium-sheets", flow.Name);
        Assert.Equal(["stained", "unstained", "media", "specimens"], flow.Reads.Select(r => r.Name));
        Assert.Equal(["stained_names", "unstained_names", "sheets", "media_once", "botany", "matched", "single", "open", "collecting", "result"], flow.Steps.Select(s => s.Name));
        Assert.Equal(["sheets", "result"], flow.Writes.Select(w => w.Name));
        Assert.Equal(Text, flow.Text);
        Assert.Equal("/flows/data/stained.tar.gz", ((Core.Settings.ScalarSetting)flow.Reads[0].Settings["path"]!).Text);
        Assert.Equal("/flows/out/barcodes_from_figshare.tsv", ((Core.Settings.ScalarSetting)flow.Writes[0].Settings["path"]!).Text);
        Assert.Equal(new Keep(), flow.Keep);
    }

    [Fact]
    public void Its_steps_are_bound()
    {
        Flow flow = FlowTexts.Good(Text);
        Step stained = flow.Steps[0];
        Assert.Equal("stained", Assert.IsType<FromHead>(stained.Head).Table.Name);
        Assert.Collection(stained.Changes,
            c => Assert.Equal("barcode", Assert.IsType<DeriveChange>(c).Column.Name),
            c => Assert.Equal(("stain_status", "stained"), (Assert.IsType<SetChange>(c).Column.Name, ((SetChange)c).Value)),
            c => Assert.Equal(["barcode", "stain_status"], Assert.IsType<SelectChange>(c).Columns.Select(n => n.Name)));
        var join = Assert.IsType<JoinHead>(flow.Steps[5].Head);
        Assert.Equal(("sheets", "botany", "barcode", "barcode", JoinKind.Left), (join.Left.Name, join.Right.Name, join.By[0].Left.Name, join.By[0].Right.Name, join.Kind));
        Assert.Equal(["length(barcode) = 8 for 100%"], flow.Steps[4].Checks.Select(c => c.Text));
        Assert.Equal(
            [
                "unique barcode", "institutionCode is not null for 100%", "stain_status in [stained, unstained]",
                "year in range [1600, 2100]", "month in range [1, 12]", "day in range [1, 31]",
            ],
            flow.Steps[9].Checks.Select(c => c.Text));
        Assert.Equal([true, false, false, false, false, false], flow.Steps[9].Checks.Select(c => c.Stops));
    }

    [Fact]
    public void A_value_given_with_set_holds_and_starts_at_the_current_folder()
    {
        Flow flow = FlowTexts.Good(Text, ("data", "scale1"), ("out", "x/result.tsv"));
        Assert.Equal("/here/scale1/unstained.tar.gz", ((Core.Settings.ScalarSetting)flow.Reads[1].Settings["path"]!).Text);
        Assert.Equal("/here/x/barcodes_from_figshare.tsv", ((Core.Settings.ScalarSetting)flow.Writes[0].Settings["path"]!).Text);
        Assert.Equal(("/here/scale1", "--set"), (flow.Parameters[0].Value, flow.Parameters[0].Origin));
    }

    [Fact]
    public void Expected_figures_come_from_the_file_beside_the_data()
    {
        string expected = File.ReadAllText(Path.Combine(Repository.Root, "examples", "herbarium-sheets", "data", "expected.json"));
        FlowReading reading = FlowTexts.Read(Text, expected);
        Assert.Equal("", FlowTexts.Shown(reading.Problems));
        Assert.Equal("/flows/data/expected.json", reading.Flow!.Expected!.File);
        Assert.NotNull(reading.Flow.Expected.Values["bundle_rows"]);
        Assert.True(reading.Flow.Expected.Stops);
    }
}
