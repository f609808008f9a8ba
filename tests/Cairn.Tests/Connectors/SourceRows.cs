using System.Text;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Settings;
using Cairn.Core.Tables;

namespace Cairn.Tests.Connectors;

/// <summary>Everything a source gives, as text; defaults filled in as flows do it.</summary>
internal sealed record SourceRows(TableLayout Layout, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<RefusedRow> Refused, SourceReport Report)
{
    public IEnumerable<string> Names => Layout.Columns.Select(c => c.Name);

    public IEnumerable<Problem> Findings => Layout.Findings.Concat(Report.Findings);

    public IEnumerable<string> Codes => Findings.Select(f => f.Code);

    public IEnumerable<string> Lines => Rows.Select(r => string.Join('|', r));

    public IEnumerable<string> Column(string name)
    {
        int at = Names.ToList().IndexOf(name);
        Assert.True(at >= 0, $"no column {name} among {string.Join(", ", Names)}");
        return Rows.Select(r => r[at]);
    }

    public static SourceRows Of(ISourceConnector connector, string folder, params (string Key, object Value)[] settings)
    {
        var place = new FilePlace("test.flow.yaml", 1, 1);
        Setting Value(object value) => value is string text ? new ScalarSetting(text, true, place) : new ListSetting([.. ((IEnumerable<string>)value).Select(v => new ScalarSetting(v, true, place))], place);
        var map = new MapSetting([.. settings.Select(s => new SettingEntry(s.Key, place, Value(s.Value)))], place);
        Assert.Empty(SettingCheck.Check(map, connector.SourceShape, "t"));
        using ISource source = connector.OpenSource(new SourceRequest("t", map, folder, folder, folder, null, place));
        TableLayout layout = source.Layout(CancellationToken.None);
        Assert.Equal(layout.Columns.Count, layout.Columns.Select(c => c.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        var rows = new List<IReadOnlyList<string>>();
        var watch = new Watch();
        long last = 0;
        SourceReport report = source.Read(
            batch =>
            {
                for (int r = 0; r < batch.Rows; r++)
                {
                    Assert.True(batch.Numbers[r] > last);
                    last = batch.Numbers[r];
                    rows.Add([.. layout.Columns.Select(c => Cell(batch, r, c))]);
                }
            },
            watch, CancellationToken.None);
        Assert.Equal(report.Records, rows.Count + report.Refused);
        Assert.Equal(report.Refused, watch.Rows.Count);
        return new SourceRows(layout, rows, watch.Rows, report);
    }

    private static string Cell(RowBatch batch, int row, SourceColumn column)
    {
        string text = column.Field is { } field ? Encoding.UTF8.GetString(batch.Field(row, field)) : "";
        return text.Length == 0 ? column.Default ?? "" : text;
    }

    private sealed class Watch : IReadWatch
    {
        public List<RefusedRow> Rows { get; } = [];

        public void Refused(RefusedRow row) => Rows.Add(row);

        public void Progress(long bytesDone, long? bytesTotal) => Assert.True(bytesTotal is null || bytesDone <= bytesTotal);
    }
}
