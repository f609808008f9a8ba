using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;

namespace Cairn.Tests.Terminal;

/// <summary>A report with every form of figure, account, check and write in it.</summary>
internal static class SampleReport
{
    private static readonly string Hash = new('a', 64);

    public static FlowReport Planned() => new("herbarium-sheets")
    {
        Accounts =
        [
            new Account("media", [new(Reasons.Records, 10_357_547)], [], [new(Reasons.Refused, 2)], 10_357_545) { Seconds = 12.3 },
            new Account("media_once", [new("media", 10_357_545)], [], [new(Reasons.Duplicate, 5_942_814)], 4_414_731) { Fused = true },
            new Account("sheets", [new("stained_names", 7_776), new("unstained_names", 7_777)], [], [], 15_553),
            new Account("matched", [new("sheets", 15_553)], [new(Reasons.MoreMatches, 3_270)], [], 18_823)
            {
                Beside = [new(Reasons.RightRows, 3_219_718), new(Reasons.RightUnused, 0)],
            },
            new Account("single", [new("matched", 18_823)], [], [new(Reasons.RepeatedKey, 6_517), new(Reasons.NotConvertible, 1)], 12_305),
            new Account("ranked", [new("single", 12_305)], [], [], 11) { Opaque = true },
        ],
        Figures =
        [
            new FigureValue("bundle_rows", "sheets", 15_553L, 15_553L, true),
            new FigureValue("unmatched_ids", "result", 4L, 3L, false),
            new FigureValue("first_kept", "botany", "00000140"),
            new FigureValue("provider", "media", new Dictionary<string, long> { ["Birds"] = 23_401, ["Botany"] = 9_257_341, ["null"] = 1 }),
            new FigureValue("unmatched", "result", new List<IReadOnlyDictionary<string, string?>>
            {
                new Dictionary<string, string?> { ["barcode"] = "00588658", ["note"] = null },
                new Dictionary<string, string?> { ["barcode"] = "00323691", ["note"] = "a\tb" },
            }),
        ],
        Checks =
        [
            new CheckResult("sheets", "rows > 0", true, true, 1, 1, new FilePlace("f.flow.yaml", 3, 1)),
            new CheckResult("botany", "length(barcode) = 8 for 100%", false, false, 3_219_629, 3_219_718, new FilePlace("f.flow.yaml", 4, 1)),
        ],
        Findings =
        [
            new Problem("join/grows", ProblemKind.Finding, "matched has 3,270 rows more than sheets", new FilePlace("f.flow.yaml", 12, 3)) { Details = ["barcode 00000209 meets 2 rows of botany"] },
        ],
        Writes =
        [
            new PlannedWrite("result", "delimited", "/data/out/result.tsv", 2, ["barcode", "stain_status", "accessURI"], [["00000140", "stained", null], ["00000162", "unstained", "http://n2t.net/ark:/65665/m3ce233bf5-d0e1-4967"]], null),
            new PlannedWrite("sheets", "delimited", "/data/out/sheets.tsv", 1, ["barcode"], [["00000140"]], new DataVersion("/data/out/sheets.tsv", Hash, 279_986, new DateTimeOffset(2026, 11, 20, 10, 4, 0, TimeSpan.Zero))),
        ],
        Inputs = [new DataVersion("/data/media.tsv.gz", Hash, 1_234_567_890), new DataVersion("/data/stained.tar.gz", Hash, 42)],
        RefusedRows = 2,
        Times = [new StageTime("read media", 12.34, 15.2), new StageTime("join matched", 0.02, 0.03)],
        Seconds = 31.24,
    };

    public static FlowReport Done() => Planned() with
    {
        Outputs = [new DataVersion("/data/out/result.tsv", new string('b', 64), 1_900_000), new DataVersion("/data/out/sheets.tsv", Hash, 279_986)],
    };
}
