using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Tests.Stores;

/// <summary>A report with something of everything a flow can say.</summary>
internal static class SampleReport
{
    public static FlowReport Make(DataVersion input, DataVersion output) => new("share")
    {
        Accounts =
        [
            new Account("media", [new Movement(Reasons.Records, 12)], [], [new Movement(Reasons.Refused, 1)], 11) { Seconds = 0.5 },
            new Account("once", [new Movement("media", 11)], [], [new Movement(Reasons.Duplicate, 3)], 8) { Fused = true },
            new Account("result", [new Movement("once", 8)], [new Movement(Reasons.MoreMatches, 2)], [], 10) { Beside = [new Movement(Reasons.RightRows, 5)] },
        ],
        Origins = [new TableOrigin("media", [], [input.Path]), new TableOrigin("once", ["media"], []), new TableOrigin("result", ["once", "media"], [])],
        Figures =
        [
            new FigureValue("rows", "once", 15553L, 15553L, true),
            new FigureValue("first", "once", "00000140"),
            new FigureValue("last", "once", null),
            new FigureValue("provider", "media", new Dictionary<string, long> { ["null"] = 2, ["Botany"] = 9 }),
            new FigureValue("unmatched", "result", new List<IReadOnlyDictionary<string, string?>> { new Dictionary<string, string?> { ["barcode"] = "00000140", ["id"] = null } }),
        ],
        Findings = [new Problem("check/below", ProblemKind.Finding, "once: length(barcode) = 8 holds for 7 of 8 rows", new FilePlace("share.flow.yaml", 33, 5), "cairn runs show 0001 --warned once")],
        Checks = [new CheckResult("once", "length(barcode) = 8 for 100%", false, false, 7, 8, new FilePlace("share.flow.yaml", 33, 5))],
        Writes = [new PlannedWrite("result", "delimited", output.Path, 10, ["barcode", "id"], [["00000140", null]], null) { Tables = ["result"] }],
        Inputs = [input],
        Outputs = [output],
        RefusedRows = 1,
        Times = [new StageTime("read media", 0.5, 0.4)],
        Seconds = 0.75,
    };
}
