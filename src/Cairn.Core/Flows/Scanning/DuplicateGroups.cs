namespace Cairn.Core.Flows.Scanning;

/// <summary>
/// Finds in which groups exact duplicates lie: of the columns with few values, the one whose groups differ most in their share of duplicates. All
/// columns are followed for the first rows, then the best one to the end.
/// </summary>
internal sealed class DuplicateGroups
{
    private const int Sample = 50_000;
    private const int MostGroups = 32;
    private readonly ScanRow _row;
    private List<Grouping> _followed;
    private int _rows;

    public DuplicateGroups(ScanRow row)
    {
        _row = row;
        _followed = [.. Enumerable.Range(0, row.Cells.Count).Select(c => new Grouping(c))];
    }

    public void Add(bool duplicate)
    {
        for (int i = _followed.Count - 1; i >= 0; i--)
        {
            if (!_followed[i].Add(_row, duplicate))
            {
                _followed.RemoveAt(i);
            }
        }

        if (++_rows == Sample)
        {
            Choose();
        }
    }

    /// <summary>Null when no column tells groups apart.</summary>
    public GroupedDuplicates? Result()
    {
        Choose();
        return _followed is [Grouping best] ? best.Result(_row.Cells[best.Column].Name) : null;
    }

    private void Choose()
    {
        GroupedDuplicates? best = DuplicateFinding.Best(_followed.Select(g => g.Result(_row.Cells[g.Column].Name)));
        _followed = [.. _followed.Where(g => _row.Cells[g.Column].Name == best?.Column)];
    }

    private sealed class Grouping(int column)
    {
        private readonly TextNumbers _numbers = new(MostGroups);
        private readonly long[] _total = new long[MostGroups];
        private readonly long[] _duplicates = new long[MostGroups];

        public int Column => column;
        public bool Add(ScanRow row, bool duplicate)
        {
            int number = _numbers.Of(row.Text(column));
            if (number < 0)
            {
                return false;
            }

            _total[number]++;
            _duplicates[number] += duplicate ? 1 : 0;
            return true;
        }

        public GroupedDuplicates Result(string name) =>
            new(name, [.. Enumerable.Range(0, _numbers.Count).Select(n => new DuplicateGroup(_numbers.Text(n), _total[n], _duplicates[n]))]);
    }
}
