using System.Globalization;

namespace Cairn.Core.Flows.Scanning;

/// <summary>Columns that have been empty in every row so far. A column that has been seen filled costs nothing more.</summary>
internal sealed class EmptyColumns(ScanRow row)
{
    private readonly List<int> _empty = [.. Enumerable.Range(0, row.Cells.Count)];

    public void Add()
    {
        for (int i = _empty.Count - 1; i >= 0; i--)
        {
            if (!row.Text(_empty[i]).IsEmpty)
            {
                _empty.RemoveAt(i);
            }
        }
    }

    public IReadOnlyList<string> Names => [.. _empty.Select(c => row.Cells[c].Name)];
}

/// <summary>Blanks and lengths of a derived column: nearly all values of one length, and a few that are not, are worth a word.</summary>
internal sealed class DerivedShape(string column, ScanRow row, int index)
{
    private readonly long[] _lengths = new long[256];
    private long _longer;
    private long _blank;

    public void Add()
    {
        int length = row.Text(index).Length;
        if (length == 0)
        {
            _blank++;
        }
        else if (length < _lengths.Length)
        {
            _lengths[length]++;
        }
        else
        {
            _longer++;
        }
    }

    public Problem? Finding(string table, FilePlace place)
    {
        long filled = _lengths.Sum() + _longer;
        long most = _lengths.Max();
        long odd = filled - most;
        bool regular = filled >= 100 && odd > 0 && odd * 100 <= filled;
        if (_blank == 0 && !regular)
        {
            return null;
        }

        var details = new List<string>();
        if (_blank > 0)
        {
            details.Add(string.Create(CultureInfo.InvariantCulture, $"blank in {_blank:N0} of {_blank + filled:N0} rows"));
        }

        if (regular)
        {
            int usual = Array.IndexOf(_lengths, most);
            IEnumerable<string> others = Enumerable.Range(1, _lengths.Length - 1).Where(l => l != usual && _lengths[l] > 0)
                .OrderByDescending(l => _lengths[l]).Take(8).Select(l => string.Create(CultureInfo.InvariantCulture, $"{_lengths[l]:N0} of length {l}"));
            details.Add(string.Create(CultureInfo.InvariantCulture, $"{most:N0} values are {usual} bytes long; {odd:N0} are not: {string.Join(", ", others)}"));
        }

        return new Problem("shape/odd-values", ProblemKind.Finding, $"{table}: {column} has {(regular ? "values of odd length" : "blanks")}{(regular && _blank > 0 ? " and blanks" : "")}", place)
        {
            Details = details,
        };
    }
}
