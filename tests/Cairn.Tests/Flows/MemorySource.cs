using System.Text;
using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Provenance;
using Cairn.Core.Settings;
using Cairn.Core.Tables;

namespace Cairn.Tests.Flows;

/// <summary>A source of rows in memory, handed on in small batches. It can be told to lie about what it read.</summary>
internal sealed class MemorySource(string[] columns, string?[][] rows, int batch = 3, long lie = 0, bool rowBytesIdentify = true) : ISource
{
    public TableLayout Layout(CancellationToken stop) => new([.. columns.Select((c, i) => new SourceColumn(c, i))], columns.Length);

    public SourceReport Read(Action<RowBatch> take, IReadWatch watch, CancellationToken stop)
    {
        for (int from = 0; from < rows.Length; from += batch)
        {
            stop.ThrowIfCancellationRequested();
            take(Batch(from, rows[from..Math.Min(rows.Length, from + batch)]));
        }

        return new SourceReport(rows.Length + lie, 0, [new DataVersion("/memory", new string('0', 64), 0)]);
    }

    public void Dispose()
    {
    }

    private RowBatch Batch(int from, string?[][] part)
    {
        var text = new List<byte>();
        var ends = new List<int>();
        var starts = new List<int>();
        foreach (string?[] row in part)
        {
            starts.Add(text.Count);
            foreach (string? cell in row)
            {
                text.AddRange(Encoding.UTF8.GetBytes(cell ?? ""));
                ends.Add(text.Count);
                text.Add((byte)'\t');
            }
        }

        return new RowBatch
        {
            Text = [.. text, .. new byte[16]],
            Ends = [.. ends],
            RowStarts = [.. starts],
            FirstField = [.. part.Select((_, i) => i * columns.Length)],
            Numbers = [.. part.Select((_, i) => (long)(from + i + 1))],
            Rows = part.Length,
            Columns = columns.Length,
            RowBytesIdentify = rowBytesIdentify,
        };
    }
}

/// <summary>Opens what a test gives it, by the table's name.</summary>
internal sealed class MemoryConnector(Func<string, ISource> source) : ISourceConnector
{
    public string Name => "memory";
    public string About => "Rows of a test.";
    public ObjectShape SourceShape => SettingShape.Object("a memory source");

    public ISource OpenSource(SourceRequest request) => source(request.Table);
}

/// <summary>A world of tests: sources in memory, the real workbench.</summary>
internal static class TestWorld
{
    public static FlowWorld With(Func<string, ISource> source, Func<string, long, IWorkbench>? bench = null) => new(
        _ => new MemoryConnector(source), _ => throw new NotSupportedException(), bench ?? ((folder, memory) => new Adapters.DuckDb.Workbench.DuckDbWorkbench(folder, memory)),
        new NoAddresses(), new Silent(), span => new Random(7).NextBytes(span), "", TimeProvider.System, () => TimeSpan.Zero);

    private sealed class NoAddresses : IAddresses
    {
        public bool? Answers(string address, CancellationToken stop) => null;
    }

    private sealed class Silent : IProgressWatch
    {
        public void Stage(string name)
        {
        }

        public void At(long bytesDone, long? bytesTotal, long rows)
        {
        }
    }
}
