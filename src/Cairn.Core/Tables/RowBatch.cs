namespace Cairn.Core.Tables;

/// <summary>
/// Some rows of a source as UTF-8 text in one buffer: no strings are made. The batch belongs to the source and is valid only during the
/// call that receives it; its arrays are used again for later batches.
/// </summary>
/// <remarks>
/// Field f of row r is the bytes from Starts(r, f) to <c>Ends[FirstField[r] + f]</c>, where Starts is <c>RowStarts[r]</c> for f = 0 and
/// otherwise the end of the field before plus 1: exactly one byte (the separator) stands between two neighbours. A row has at least
/// <see cref="Columns"/> fields (a source fills short rows or refuses them; fields past Columns are of no interest).
/// </remarks>
public sealed class RowBatch
{
    /// <summary>The text. Valid UTF-8 in every row that is handed on (a row that is not is refused by the source).</summary>
    public byte[] Text = [];

    /// <summary>For each field of each row, the offset in Text just past its last byte.</summary>
    public int[] Ends = [];

    /// <summary>For each row, the index in Ends of its first field.</summary>
    public int[] FirstField = [];

    /// <summary>For each row, the offset in Text of its first byte.</summary>
    public int[] RowStarts = [];

    /// <summary>For each row, its number in the source: from 1, header not counted, refused rows counted.</summary>
    public long[] Numbers = [];

    /// <summary>How many rows.</summary>
    public int Rows;

    /// <summary>How many fields each row has at least.</summary>
    public int Columns;

    /// <summary>
    /// True when the bytes between a row's start and the end of its last column alone decide whether two rows are equal in all columns:
    /// unquoted text, the same separator throughout. It is the same for all batches of a table.
    /// </summary>
    public bool RowBytesIdentify;

    public ReadOnlySpan<byte> Field(int row, int column)
    {
        int k = FirstField[row] + column;
        int start = column == 0 ? RowStarts[row] : Ends[k - 1] + 1;
        return Text.AsSpan(start, Ends[k] - start);
    }

    /// <summary>The bytes of all columns of a row with their separators; only of use where <see cref="RowBytesIdentify"/>.</summary>
    public ReadOnlySpan<byte> WholeRow(int row)
    {
        int start = RowStarts[row];
        return Text.AsSpan(start, Ends[FirstField[row] + Columns - 1] - start);
    }
}
