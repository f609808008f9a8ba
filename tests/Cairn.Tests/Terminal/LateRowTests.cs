using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Cairn.Tests.Terminal;

/// <summary>What is wrong near the end of a long file is found in a scan at full speed, whatever the steps above it, and whatever columns they need.</summary>
public sealed class LateRowTests : IDisposable
{
    private const int Rows = 120_000;
    private const string Flow = """
        flow: late
        read:
          sheets: { delimited: { path: sheets.csv } }
          media: { delimited: { path: media.tsv.gz, quote: none } }
        shape:
          once: { distinct: media }
          kept: { from: once, select: [id, title], where: "division = 'Botany'" }
          matched: { join: { left: sheets, right: kept, by: id, kind: inner } }
        write:
          matched: { to: { delimited: { path: out.tsv } } }
        """;

    private readonly CommandLine _cairn = new();

    public void Dispose() => _cairn.Dispose();

    [Fact]
    public void Ragged_rows_and_bad_text_planted_late_are_refused_with_their_lines()
    {
        _cairn.Write("late.flow.yaml", Flow);
        _cairn.Write("sheets.csv", $"id\n17\n{Rows - 1}\n");
        using (var gz = new GZipStream(File.Create(Path.Combine(_cairn.Folder, "media.tsv.gz")), CompressionLevel.Fastest))
        {
            gz.Write("id\ttitle\tdivision\tunused\n"u8);
            for (int i = 0; i < Rows; i++)
            {
                string row = i == Rows - 3 ? $"{i}\ttoo\tmany\tfields\there\n" : i == Rows - 5 ? $"{i}\ttoo few\n" : $"{i}\ta sheet of paper with a plant on it, number {i}\tBotany\tnobody reads this\n";
                byte[] bytes = Encoding.UTF8.GetBytes(row);
                if (i == Rows - 4)
                {
                    // Bad text in a column that no step needs.
                    bytes[^5] = 0xFF;
                }

                gz.Write(bytes);
            }
        }

        ExitCode code = _cairn.Run("run", "late", "--yes", "--json");
        Assert.True(code == ExitCode.Found, _cairn.Error + _cairn.Out);
        JsonElement report = _cairn.OutAsJson();
        Assert.Equal(3, report.GetProperty("refused").GetInt64());
        Assert.Equal(
            $"id\ttitle\n17\ta sheet of paper with a plant on it, number 17\n{Rows - 1}\ta sheet of paper with a plant on it, number {Rows - 1}\n", File.ReadAllText(Path.Combine(_cairn.Folder, "out.tsv")));
        _cairn.Run("runs", "refused", report.GetProperty("run").GetString()!, "--json");
        Assert.Equal([Rows - 3L, Rows - 2L, Rows - 1L], _cairn.OutAsJson().GetProperty("tables").EnumerateArray().Single().GetProperty("shown").EnumerateArray()
            .Select(r => long.Parse(r.GetProperty("line").GetString()!, System.Globalization.CultureInfo.InvariantCulture)));
    }
}
