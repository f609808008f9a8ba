using System.Text;
using Cairn.Core.Tables;

namespace Cairn.Tests.Tables;

/// <summary>Batches made of text, for tests of what takes batches.</summary>
internal static class Batches
{
    public static TableLayout Layout(params string[] names) => new([.. names.Select((n, i) => new SourceColumn(n, i))], names.Length);

    public static RowBatch Of(long firstNumber, params string[][] rows)
    {
        var text = new List<byte>();
        var batch = new RowBatch { Rows = rows.Length, Columns = rows.Length == 0 ? 0 : rows[0].Length };
        batch.RowStarts = new int[rows.Length];
        batch.FirstField = new int[rows.Length];
        batch.Numbers = new long[rows.Length];
        var ends = new List<int>();
        for (int row = 0; row < rows.Length; row++)
        {
            batch.RowStarts[row] = text.Count;
            batch.FirstField[row] = ends.Count;
            batch.Numbers[row] = firstNumber + row;
            foreach (string cell in rows[row])
            {
                text.AddRange(Encoding.UTF8.GetBytes(cell));
                ends.Add(text.Count);
                text.Add((byte)'\t');
            }
        }

        batch.Text = [.. text];
        batch.Ends = [.. ends];
        return batch;
    }
}
