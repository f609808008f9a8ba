using System.Text;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Settings;
using Cairn.Core.Tables;

namespace Cairn.Tests.Connectors;

/// <summary>Opens connectors as the runner does, in a folder of one test, and reads tables as strings.</summary>
internal sealed class Connected : IDisposable
{
    public static readonly FilePlace Place = new("flow.yaml", 7, 3);

    public string Folder { get; } = Directory.CreateTempSubdirectory("cairn-connected").FullName;

    public string PathOf(string name) => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text, new UTF8Encoding(false));
        return name;
    }

    public ISource Source(ISourceConnector connector, params (string Key, object Value)[] settings) =>
        connector.OpenSource(new SourceRequest("t", Settings(settings), Folder, Folder, Folder, null, Place));

    public TableRead Read(ISourceConnector connector, params (string Key, object Value)[] settings)
    {
        using ISource source = Source(connector, settings);
        return new TableRead(source);
    }

    public DestinationReport Write(IDestinationConnector connector, ITableRows table, params (string Key, object Value)[] settings)
    {
        using IDestination destination = connector.OpenDestination(new DestinationRequest("t", Settings(settings), Folder, Folder, [], Place));
        destination.Look(TestContext.Current.CancellationToken);
        return destination.Write(new Dictionary<string, ITableRows> { ["t"] = table }, TestContext.Current.CancellationToken);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static MapSetting Settings((string Key, object Value)[] settings) => new([.. settings.Select(s => new SettingEntry(s.Key, Place,
        s.Value is string[] list ? new ListSetting([.. list.Select(v => new ScalarSetting(v, false, Place))], Place) : new ScalarSetting((string)s.Value, false, Place)))], Place);
}

/// <summary>All that a source gave.</summary>
internal sealed class TableRead : IReadWatch
{
    public TableRead(ISource source)
    {
        Layout = source.Layout(TestContext.Current.CancellationToken);
        Report = source.Read(batch =>
        {
            for (int row = 0; row < batch.Rows; row++)
            {
                Rows.Add(string.Join('|', Enumerable.Range(0, Layout.FieldCount).Select(c => Encoding.UTF8.GetString(batch.Field(row, c)))));
                Numbers.Add(batch.Numbers[row]);
            }
        }, this, TestContext.Current.CancellationToken);
        Assert.Equal(Report.Records, Rows.Count + Refusals.Count);
        Assert.Equal(Report.Refused, Refusals.Count);
    }

    public TableLayout Layout { get; }
    public SourceReport Report { get; }
    public List<string> Rows { get; } = [];
    public List<long> Numbers { get; } = [];
    public List<RefusedRow> Refusals { get; } = [];
    public string[] Columns => [.. Layout.Columns.Select(c => c.Name)];

    public void Refused(RefusedRow row) => Refusals.Add(row);

    public void Progress(long bytesDone, long? bytesTotal) => Assert.True(bytesTotal is null || bytesDone <= bytesTotal);
}
