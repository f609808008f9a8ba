using System.Text;
using Cairn.Adapters.DelimitedText;
using Cairn.Core.Flows;

namespace Cairn.Tests.DelimitedText;

/// <summary>What reading a text gave, as strings.</summary>
internal sealed class Reading : IReadWatch
{
    public List<string[]> Rows { get; } = [];
    public List<long> Numbers { get; } = [];
    public List<RefusedRow> Refusals { get; } = [];
    public SourceReport Report { get; private set; } = null!;
    public long BytesDone { get; private set; }
    public long? BytesTotal { get; private set; }

    public static Reading Of(string text, DelimitedFormat format, int columns, int block = 512 << 10) => Of(Encoding.UTF8.GetBytes(text), format, columns, block);

    public static Reading Of(byte[] bytes, DelimitedFormat format, int columns, int block = 512 << 10) =>
        Of([new DelimitedFile("text", () => new MemoryStream(bytes))], format with { BlockBytes = block }, columns);

    public static Reading Of(IReadOnlyList<DelimitedFile> files, DelimitedFormat format, int columns, IReadOnlyList<string>? header = null)
    {
        var reading = new Reading();
        reading.Report = DelimitedReader.Read("table", files, format, columns, header, batch =>
        {
            for (int row = 0; row < batch.Rows; row++)
            {
                var cells = new string[columns];
                for (int column = 0; column < columns; column++)
                {
                    cells[column] = Encoding.UTF8.GetString(batch.Field(row, column));
                }

                reading.Rows.Add(cells);
                reading.Numbers.Add(batch.Numbers[row]);
            }
        }, reading, TestContext.Current.CancellationToken);
        Assert.Equal(reading.Report.Records, reading.Rows.Count + reading.Refusals.Count);
        Assert.Equal(reading.Report.Refused, reading.Refusals.Count);
        return reading;
    }

    public string[] Lines => [.. Rows.Select(r => string.Join('|', r))];

    public void Refused(RefusedRow row) => Refusals.Add(row);

    public void Progress(long bytesDone, long? bytesTotal)
    {
        Assert.True(bytesDone >= BytesDone);
        (BytesDone, BytesTotal) = (bytesDone, bytesTotal);
    }
}
