using System.Text;
using Cairn.Core.Flows.Scanning;

namespace Cairn.Core.Flows;

/// <summary>The check that addresses answer: the values are gathered like a figure, then asked one by one.</summary>
internal static class AddressCheck
{
    private const string Mark = "?resolves ";

    public static Figure Figure(string table, ResolvesExpectation check) =>
        new(Mark + check.Text, new NameAt(table, check.Place), new ListFigure([check.Column], check.Limit), check.Where, check.Place);

    public static bool IsAsking(string figure) => figure.StartsWith(Mark, StringComparison.Ordinal);

    public static (CheckResult Result, MissedRows? Missed) Ask(string table, ResolvesExpectation check, IReadOnlyList<FigureValue> figures, IAddresses addresses, CancellationToken stop)
    {
        var rows = (IReadOnlyList<IReadOnlyDictionary<string, string?>>)figures.First(f => f.Table == table && f.Name == Mark + check.Text).Value!;
        var missed = new MemoryRows([new TableColumn(check.Column.Name, ColumnType.Text), new TableColumn("answer", ColumnType.Text)]);
        long met = 0;
        foreach (string? address in rows.Select(r => r[check.Column.Name]).Where(a => a is not null))
        {
            stop.ThrowIfCancellationRequested();
            bool? answers = addresses.Answers(address!, stop);
            met += answers == true ? 1 : 0;
            if (answers != true)
            {
                missed.Add(Encoding.UTF8.GetBytes(address!), Encoding.UTF8.GetBytes(answers is null ? "could not be asked" : "does not resolve"));
            }
        }

        long asked = met + missed.Count;
        return (new CheckResult(table, check.Text, check.Stops, met == asked, met, asked, check.Place), missed.Count == 0 ? null : new MissedRows(table + "-addresses", missed));
    }
}
