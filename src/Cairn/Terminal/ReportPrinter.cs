using Cairn.Core;
using Cairn.Core.Flows;

namespace Cairn.Terminal;

/// <summary>
/// A flow's report for people: where every row went, what was checked, the figures, what Cairn noticed, and what would be or was written,
/// with the last nearest to the question. Fits the width it is given.
/// </summary>
internal sealed class ReportPrinter(TextWriter to, Ink ink, int width, Func<string, string> shown)
{
    /// <summary>Also times of stages, counts beside the balance, and checks that hold.</summary>
    public bool Verbose { get; init; }
    public bool Short { get; init; }

    /// <summary>Everything known before anything is written.</summary>
    public void Plan(FlowReport report)
    {
        Head(report);
        Balance(report);
        new FigurePrinter(to, ink, width).Print(report.Figures);
        Checks(report);
        Findings([.. report.Findings.Where(f => !OfCheck(f))]);
        Writes(report);
        Times(report);
    }

    /// <summary>What was written, after it was, and what was noticed on the way.</summary>
    public void Written(FlowReport report, IReadOnlyList<Problem> noticed)
    {
        Title("Written");
        var grid = new Grid("", ">", ">", "") { Indent = "  ", Paths = [0], CutLast = true };
        foreach (Core.Provenance.DataVersion output in report.Outputs)
        {
            long? rows = report.Writes.FirstOrDefault(w => w.Path == output.Path)?.Rows;
            grid.Add(shown(output.Path), rows is null ? "" : Amount.Of(rows.Value, "row"), Amount.Bytes(output.Bytes), $"sha256 {output.Sha256[..Math.Min(12, output.Sha256.Length)]}");
        }

        grid.Print(to, ink, width);
        Findings(noticed);
    }

    private void Head(FlowReport report)
    {
        long bytes = report.Inputs.Sum(i => i.Bytes);
        string read = $"read {Amount.Of(report.Inputs.Count, "input")}, {Amount.Bytes(bytes)}, in {Amount.Seconds(report.Seconds)}";
        to.WriteLine($"{ink.Strong(Printable.Of(report.Flow))}   {read}");
    }

    private void Balance(FlowReport report)
    {
        if (report.Accounts.Count == 0)
        {
            return;
        }

        to.WriteLine();
        Title(report.Balanced ? "Where the rows went" : ink.Error("Where the rows went: it does not balance"));
        var grid = new Grid("table", ">rows in", ">+ added", ">- gone", ">rows out", "", "by what") { Indent = "  " };
        foreach (Account account in report.Accounts)
        {
            grid.Add(
                account.Table,
                Amount.Count(account.In.Sum(m => m.Rows)),
                Blank(account.Added.Sum(m => m.Rows)),
                Blank(account.Gone.Sum(m => m.Rows)),
                Amount.Count(account.Out),
                account.Opaque ? "sql" : account.Balances ? "ok" : "OFF",
                AccountWords.Why(account, Verbose));
        }

        grid.Print(to, ink, width);
        if (report.RefusedRows > 0)
        {
            to.WriteLine($"  {Amount.Of(report.RefusedRows, "row")} could not be read and {(report.RefusedRows == 1 ? "is" : "are")} listed in the run");
        }
    }

    private void Checks(FlowReport report)
    {
        if (report.Checks.Count == 0)
        {
            return;
        }

        int held = report.Checks.Count(c => c.Holds);
        to.WriteLine();
        Title($"Checks: {held} of {report.Checks.Count} hold");
        var grid = new Grid("", "", "", "") { Indent = "  " };
        foreach (CheckResult check in report.Checks)
        {
            string mark = check.Holds ? "ok" : check.Stops ? "STOP" : "warn";
            string missed = check.Holds || check.Of == 0 ? "" : $"{Amount.Count(check.Of - check.Met)} of {Amount.Count(check.Of)} do not ({Amount.Share(check.Met, check.Of)} do)";
            grid.Add(mark, check.Table, check.Text, missed);
        }

        grid.Print(to, ink, width);
        foreach (string help in report.Findings.Where(OfCheck).Select(f => f.Help).OfType<string>().Distinct())
        {
            to.WriteLine($"   = help: {Printable.Of(help)}");
        }
    }

    private void Findings(IReadOnlyList<Problem> findings)
    {
        if (findings.Count == 0)
        {
            return;
        }

        to.WriteLine();
        Title($"Worth a look: {Amount.Of(findings.Count, "finding")}");
        ProblemPrinter.Print(findings, to, ink, Short, width);
    }

    // What a check found stands with the checks.
    private static bool OfCheck(Problem finding) => finding.Code == "check/below";

    private void Writes(FlowReport report)
    {
        if (report.Writes.Count == 0)
        {
            return;
        }

        to.WriteLine();
        Title(report.Outputs.Count > 0 ? "What was to be written" : "What would be written");
        foreach (PlannedWrite write in report.Writes)
        {
            string state = write.Replaces is null ? "new" : $"replaces {Amount.Bytes(write.Replaces.Bytes)}{When(write.Replaces.Modified)}";
            to.WriteLine($"  {Printable.Of(write.Name)}   {Amount.Of(write.Rows, "row")}, {Amount.Of(write.Columns.Count, "column")}   {state}");
            to.WriteLine($"  -> {Printable.Of(shown(write.Path))}   ({Printable.Of(write.Connector)})");
            Preview(write);
        }
    }

    private void Preview(PlannedWrite write)
    {
        if (write.Preview.Count == 0)
        {
            return;
        }

        RowsPrinter.Print(write.Columns, write.Preview, to, ink, width, "     ");
    }

    private void Times(FlowReport report)
    {
        if (!Verbose || report.Times.Count == 0)
        {
            return;
        }

        to.WriteLine();
        Title("Times");
        var grid = new Grid("stage", ">time", ">processor") { Indent = "  " };
        foreach (StageTime time in report.Times)
        {
            grid.Add(time.Stage, Amount.Seconds(time.Seconds), Amount.Seconds(time.CpuSeconds));
        }

        grid.Print(to, ink, width);
    }

    private void Title(string title) => to.WriteLine(ink.Strong(title));

    private static string Blank(long rows) => rows == 0 ? "" : Amount.Count(rows);

    private static string When(DateTimeOffset? modified) => modified is null ? "" : $" of {modified.Value.UtcDateTime:yyyy-MM-dd HH:mm} UTC";
}
