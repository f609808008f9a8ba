namespace Cairn.Core.Flows.Scanning;

/// <summary>Hands a branch's rows to the workbench: the columns that are used, and of the rows those whose key is wanted.</summary>
internal sealed class Landing
{
    /// <summary>What an account calls the rows that were handed on.</summary>
    public const string Landed = "kept for later steps";
    private readonly ScanRow _row;
    private readonly int[] _columns;
    private readonly ITableFill _fill;
    private readonly (RowKey Key, FingerprintSet Wanted)[] _filters;

    public Landing(Branch branch, ScanRow row, ScanSetup setup)
    {
        _row = row;
        _columns = [.. Enumerable.Range(0, row.Cells.Count).Where(c => branch.LandColumns?.Contains(row.Cells[c].Name) ?? true)];
        _fill = setup.Fill(new WorkTable(branch.Table, [.. _columns.Select(c => setup.Column(branch.Table, row.Cells[c].Name))], [setup.Source]));
        _filters = [.. branch.Filters.Select(f => (new RowKey(setup.Hash, row, [.. f.Columns.Select(row.Index)], setup.Fields), setup.Keys(f)))];
    }

    public bool Filtered => _filters.Length > 0;

    /// <summary>Rows not handed on, because no later step can match their key.</summary>
    public long NotWanted { get; private set; }

    public void Take()
    {
        if (!Wanted())
        {
            NotWanted++;
            return;
        }

        long number = _row.Row;
        _fill.Row(number, [number]);
        foreach (int column in _columns)
        {
            _fill.Cell(_row.Text(column));
        }
    }

    public long Finish() => _fill.Finish();

    private bool Wanted()
    {
        if (_filters.Length == 0)
        {
            return true;
        }

        foreach ((RowKey key, FingerprintSet wanted) in _filters)
        {
            if (key.Filled() && wanted.Contains(key.Current()))
            {
                return true;
            }
        }

        return false;
    }
}
