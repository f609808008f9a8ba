using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Tests.Stores;

public sealed class RunComparisonTests : IDisposable
{
    private readonly TemporaryStore _store = new();
    private readonly DataVersion _input, _output;

    public RunComparisonTests()
    {
        _input = _store.File("in.tsv", "a\n");
        _output = _store.File("out.tsv", "b\n");
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_run_done_again_is_the_same()
    {
        FlowReport report = SampleReport.Make(_input, _output);
        _store.Run("share", [_input], [_output], report: report);
        _store.Run("share", [_input], [_output], report: report with { Seconds = 99 });
        RunComparison comparison = Compare();

        Assert.True(comparison.Same);
        Assert.Empty(comparison.Circumstances);
    }

    [Fact]
    public void Every_kind_of_difference_is_told()
    {
        FlowReport report = SampleReport.Make(_input, _output);
        _store.Run("share", [_input], [_output], report: report, text: "flow: share\nread:\n");
        DataVersion changed = _store.File("in.tsv", "other\n"), more = _store.File("more.tsv", "m");
        _store.Run("share", [changed], [more], RunState.Failed, text: "flow: share\nabout: x\nread:\n", report: report with
        {
            Accounts = [report.Accounts[0] with { Out = 10, Gone = [new Movement(Reasons.Refused, 2)] }, .. report.Accounts.Skip(1)],
            Figures = [report.Figures[0] with { Value = 15554L }, .. report.Figures.Skip(1).Take(2), report.Figures[3] with { Value = new Dictionary<string, long> { ["Botany"] = 8 } }],
        });
        RunComparison comparison = Compare();

        Assert.False(comparison.Same);
        Assert.Equal([new Difference("state", "done", "failed"), new Difference("exit code", "0", "4")], comparison.Circumstances);
        Assert.Contains("+about: x", comparison.FlowText);
        Assert.Equal([new DataDifference(_input, changed)], comparison.Inputs);
        Assert.Equal([new DataDifference(_output, null), new DataDifference(null, more)], comparison.Outputs);
        Assert.Equal([new Difference("media: rows out", "11", "10"), new Difference("media: gone, refused", "1", "2")], comparison.Counts);
        Assert.Contains(new Difference("rows", "15553", "15554"), comparison.Figures);
        Assert.Contains(new Difference("provider.null", "2", null), comparison.Figures);
        Assert.Contains(new Difference("unmatched[0].barcode", "00000140", null), comparison.Figures);
    }

    [Fact]
    public void A_file_that_was_only_moved_is_not_a_difference()
    {
        _store.Run("share", [_input], []);
        _store.Run("share", [_store.File("elsewhere/in.tsv", "a\n")], []);

        Assert.Empty(Compare().Inputs);
    }

    [Fact]
    public void Settings_are_compared_by_name()
    {
        RunManifest a = Manifest([new SettingInForce("data", "x", "--set"), new SettingInForce("out", "y", "--set")]), b = Manifest([new SettingInForce("data", "z", "default")]);

        Assert.Equal([new Difference("data", "x", "z"), new Difference("out", "y", null)], RunComparison.Of(a, "", b, "").Settings);
    }

    private RunComparison Compare() => _store.History.Compare("0001", "0002");

    private static RunManifest Manifest(IReadOnlyList<SettingInForce> settings) => new("1", "2026-11/x-1", "flow", "x", RunState.Done, DateTimeOffset.UnixEpoch) { Settings = settings };
}
