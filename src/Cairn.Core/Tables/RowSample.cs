namespace Cairn.Core.Tables;

/// <summary>
/// A fair sample of a table of unknown length, taken while it is read once: every row has the same chance (reservoir sampling, algorithm R).
/// The same seed takes the same rows on every machine.
/// </summary>
public sealed class RowSample(TableLayout layout, int size, ulong seed)
{
    private readonly CellReader _cells = new(layout);
    private readonly List<SampledRow> _rows = [];
    private ulong _state = seed;
    private long _seen;

    /// <summary>In the order of the source.</summary>
    public IReadOnlyList<SampledRow> Rows => [.. _rows.OrderBy(r => r.Number)];

    public void Add(RowBatch batch)
    {
        for (int row = 0; row < batch.Rows; row++)
        {
            _seen++;
            if (_rows.Count < size)
            {
                _rows.Add(new SampledRow(batch.Numbers[row], _cells.Row(batch, row)));
            }
            else if (size > 0)
            {
                ulong at = Below((ulong)_seen);
                if (at < (ulong)size)
                {
                    _rows[(int)at] = new SampledRow(batch.Numbers[row], _cells.Row(batch, row));
                }
            }
        }
    }

    // The high half of a 128-bit product spreads evenly; its bias, below one in 2^64 / rows, is of no account here.
    private ulong Below(ulong limit) => (ulong)(((UInt128)Next() * limit) >> 64);

    // SplitMix64 (Steele, Lea, Flood 2014): small, fixed for all time, good enough to sample with.
    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

/// <param name="Number">The row's number in its source.</param>
/// <param name="Cells">A blank cell is null.</param>
public sealed record SampledRow(long Number, IReadOnlyList<string?> Cells);
