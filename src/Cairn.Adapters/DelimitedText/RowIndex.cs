namespace Cairn.Adapters.DelimitedText;

/// <summary>Where rows and fields stand in a text, in the arrays that row batches use; kept and grown over many batches.</summary>
internal sealed class RowIndex
{
    /// <summary>For each field, the offset just past its last byte.</summary>
    public int[] Ends = new int[1 << 14];
    public int[] FirstField = new int[1 << 10];
    public int[] RowStarts = new int[1 << 10];
    public long[] Numbers = new long[1 << 10];
    public int Rows;

    public void ReserveFields(int fields)
    {
        if (Ends.Length < fields)
        {
            Array.Resize(ref Ends, Math.Max(fields, Ends.Length * 2));
        }
    }

    public void ReserveRows(int rows)
    {
        if (Numbers.Length < rows)
        {
            int size = Math.Max(rows, Numbers.Length * 2);
            Array.Resize(ref FirstField, size);
            Array.Resize(ref RowStarts, size);
            Array.Resize(ref Numbers, size);
        }
    }

    public void Add(int firstField, int rowStart, long number)
    {
        FirstField[Rows] = firstField;
        RowStarts[Rows] = rowStart;
        Numbers[Rows++] = number;
    }
}
