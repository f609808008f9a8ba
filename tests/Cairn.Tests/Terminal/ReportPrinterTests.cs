using Cairn.Core.Flows;
using Cairn.Terminal;
using Xunit;

namespace Cairn.Tests.Terminal;

public class ReportPrinterTests
{
    private static string Text(FlowReport report, bool verbose = false, int width = 100)
    {
        using var to = new StringWriter { NewLine = "\n" };
        var printer = new ReportPrinter(to, Ink.Plain, width, path => path.Replace("/data/", "", StringComparison.Ordinal)) { Verbose = verbose };
        printer.Plan(report);
        if (report.Outputs.Count > 0)
        {
            to.WriteLine();
            printer.Written(report, []);
        }

        return to.ToString();
    }

    [Fact]
    public void A_plan_says_where_every_row_went_and_ends_with_what_would_be_written() => Assert.Equal(
        """
        herbarium-sheets   read 2 inputs, 1.2 GB, in 31 s

        Where the rows went
          table          rows in  + added     - gone    rows out       by what
          media       10,357,547                   2  10,357,545  ok   read; -refused
          media_once  10,357,545           5,942,814   4,414,731  ok   from media; -exact duplicate
          sheets          15,553                          15,553  ok   from stained_names 7,776,
                                                                       unstained_names 7,777
          matched         15,553    3,270                 18,823  ok   from sheets; +more matches
          single          18,823               6,518      12,305  ok   from matched; -repeated key 6,517;
                                                                       -not of its type 1
          ranked          12,305                              11  sql  from single; by SQL, so only in and
                                                                       out are known
          2 rows could not be read and are listed in the run

        Figures: 1 of 2 as expected
          bundle_rows    15,553
          unmatched_ids  4   EXPECTED 3
          first_kept     00000140
          provider       3 values
              9,257,341  Botany
                 23,401  Birds
                      1  null
          unmatched      2 rows
              barcode   note
              00588658
              00323691  a\tb

        Checks: 1 of 2 hold
          ok    sheets  rows > 0
          warn  botany  length(barcode) = 8 for 100%  89 of 3,219,718 do not (99.9972 % do)

        Worth a look: 1 finding
        warning[join/grows]: matched has 3,270 rows more than sheets
          --> f.flow.yaml:12:3
          barcode 00000209 meets 2 rows of botany

        What would be written
          result   2 rows, 3 columns   new
          -> out/result.tsv   (delimited)
             barcode   stain_status  accessURI
             00000140  stained
             00000162  unstained     http://n2t.net/ark:/656…
          sheets   1 row, 1 column   replaces 280 kB of 2026-11-20 10:04 UTC
          -> out/sheets.tsv   (delimited)
             barcode
             00000140

        """,
        Text(SampleReport.Planned()));

    [Fact]
    public void After_the_writing_the_files_are_named_with_rows_size_and_hash() => Assert.EndsWith(
        """

        Written
          out/result.tsv  2 rows  1.9 MB  sha256 bbbbbbbbbbbb
          out/sheets.tsv   1 row  280 kB  sha256 aaaaaaaaaaaa

        """,
        Text(SampleReport.Done()), StringComparison.Ordinal);

    [Fact]
    public void Verbose_adds_times_and_what_stands_beside_the_balance()
    {
        string text = Text(SampleReport.Planned(), verbose: true);
        Assert.Contains("read media       12 s       15 s", text, StringComparison.Ordinal);
        Assert.Contains("right rows 3,219,718", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_that_does_not_add_up_cannot_be_overlooked()
    {
        FlowReport report = new("x") { Balanced = false, Accounts = [new Account("t", [new("a", 5)], [], [new(Reasons.Filtered, 1)], 5)] };
        string text = Text(report);
        Assert.Contains("Where the rows went: it does not balance", text, StringComparison.Ordinal);
        Assert.Contains("  OFF  from a; -filtered", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(80)]
    public void Nothing_is_wider_than_the_terminal(int width)
    {
        FlowReport report = SampleReport.Done();
        report = report with { Writes = [.. report.Writes.Select(w => w with { Columns = [.. Enumerable.Range(1, 60).Select(n => $"a_rather_long_column_{n}")], Preview = [[.. Enumerable.Range(1, 60).Select(n => $"値{n}\u001b[31m")]] })] };
        Assert.All(Text(report, true, width).Split('\n'), line => Assert.True(TextWidth.Of(line) <= width, line));
    }

    [Fact]
    public void Cells_cannot_drive_the_terminal()
    {
        FlowReport report = new("x") { Writes = [new PlannedWrite("r\u001b[2J", "delimited", "/data/a\nb", 1, ["c\u0007"], [["\u001b]0;x"]], null)] };
        Assert.DoesNotContain(Text(report), c => char.IsControl(c) && c != '\n');
    }
}
