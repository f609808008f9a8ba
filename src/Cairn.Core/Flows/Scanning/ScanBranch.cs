using System.Text;
using Cairn.Core.Expressions;
using Cairn.Core.Tables;

namespace Cairn.Core.Flows.Scanning;

/// <summary>A branch at work: takes the rows of its parent one at a time, counts what goes and why, and passes the rest on.</summary>
internal sealed class ScanBranch
{
    private readonly Branch _branch;
    private readonly List<RowChange> _changes = [];
    private readonly List<Tally> _tallies = [];
    private readonly List<ScanBranch> _children = [];
    private readonly List<DerivedShape> _derived = [];
    private readonly Landing? _landing;
    private readonly string? _parent;
    private long _in;
    private long _out;

    public ScanBranch(Branch branch, string? parent, ScanRow before, ScanSetup setup)
    {
        (_branch, _parent) = (branch, parent);
        ScanRow row = before;
        if (branch.Step is { } step)
        {
            row = Changes(step, before, setup);
        }

        _tallies.AddRange(branch.Checks.Select(c => CheckTally.For(c, row, setup.Hash, setup.Fields)).OfType<Tally>());
        _landing = branch.Lands ? new Landing(branch, row, setup) : null;
        _children.AddRange(branch.Children.Select(c => new ScanBranch(c, branch.Table, row, setup)));
        DistinctChange? repeats = _children.Select(c => c._changes.FirstOrDefault()).OfType<DistinctChange>().FirstOrDefault(d => d.OfWholeRows);
        _tallies.AddRange(branch.Figures.Select(f => repeats is not null && f is { Form: RepeatedFigure { By: null }, Where: null }
            ? new SharedTally(f, () => repeats.Gone)
            : FigureTally.Of(f, row, setup.Hash, setup.Fields)));
        Row = row;
    }

    /// <summary>The branch's columns after its changes.</summary>
    public ScanRow Row { get; }

    /// <summary>Lets the steps that take every row of the source look ahead over a batch before its rows come.</summary>
    public void Prepare(RowBatch batch)
    {
        foreach (ScanBranch child in _children)
        {
            child._changes.FirstOrDefault()?.Prepare(batch);
        }
    }

    public void Take()
    {
        _in++;
        foreach (RowChange change in _changes)
        {
            if (!change.Keeps())
            {
                return;
            }
        }

        _out++;
        foreach (DerivedShape derived in _derived)
        {
            derived.Add();
        }

        foreach (Tally tally in _tallies)
        {
            tally.Add();
        }

        _landing?.Take();
        foreach (ScanBranch child in _children)
        {
            child.Take();
        }
    }

    /// <summary>Ends the landings and gives what each branch counted, this one first.</summary>
    public void Finish(ScanResult result)
    {
        long landed = _landing?.Finish() ?? 0;
        if (_branch.Step is { } step)
        {
            result.Accounts.Add(new Account(
                step.Name, [new Movement(_parent!, _in)], [], [.. _changes.Where(c => c.Reason is not null).Select(c => new Movement(c.Reason!, c.Gone))], _out)
            {
                Fused = true,
                CountedOnly = !_branch.Lands,
                Beside = _landing is { Filtered: true } ? [new Movement(Landing.Landed, landed)] : [],
            });
            result.Findings.AddRange(_changes.Select(c => c.Finding(step)).OfType<Problem>());
            result.Findings.AddRange(_derived.Select(d => d.Finding(step.Name, step.Place)).OfType<Problem>());
        }
        else
        {
            result.RootRows = _out;
            result.RootLanded = _landing is { Filtered: true } ? landed : null;
        }

        if (_landing is not null)
        {
            result.Landings[_branch.Table] = new LandingCount(landed, _landing.NotWanted, _out);
        }

        foreach (Tally tally in _tallies)
        {
            if (tally is CheckTally check)
            {
                result.Checks.Add(check.Result(_branch.Table));
                if (check.Missed.Count > 0)
                {
                    result.Missed.Add(new MissedRows(_branch.Table, check.Missed));
                }
            }
            else if (tally is FigureTally figure)
            {
                result.Figures.Add(new FigureValue(figure.Figure.Name, _branch.Table, figure.Value));
            }
        }

        foreach (ScanBranch child in _children)
        {
            child.Finish(result);
        }
    }

    private ScanRow Changes(Step step, ScanRow before, ScanSetup setup)
    {
        ScanRow row = before;
        if (step.Head is DistinctHead distinct)
        {
            _changes.Add(new DistinctChange(step.Name, row, new RowKey(setup.Hash, row, FigureTally.Columns(row, distinct.By), setup.Fields), setup.MostBytes, distinct.By is null));
        }

        var derived = new List<string>();
        foreach (ColumnChange change in step.Changes)
        {
            var cells = row.Cells.ToList();
            switch (change)
            {
                case WhereChange where:
                    _changes.Add(new FilterChange(ScanCondition.Of(where.Condition, row)));
                    break;
                case DeriveChange derive:
                    int slot = row.Cursor.AddSlot();
                    _changes.Add(new ComputeChange(ScanText.Of(derive.Value, row), row.Cursor, slot));
                    Put(cells, Cell.OfSlot(derive.Column.Name, slot));
                    derived.Add(derive.Column.Name);
                    break;
                case SetChange set:
                    Put(cells, Cell.OfConstant(set.Column.Name, Encoding.UTF8.GetBytes(set.Value)));
                    break;
                case RenameChange rename:
                    int at = row.Index(rename.From.Name);
                    cells[at] = cells[at] with { Name = rename.To.Name };
                    break;
                case DropChange drop:
                    cells.RemoveAll(c => drop.Columns.Any(d => d.Name == c.Name));
                    break;
                case SelectChange select:
                    cells = [.. select.Columns.Select(c => row.Cells[row.Index(c.Name)])];
                    break;
            }

            row = new ScanRow(row.Cursor, cells);
        }

        _derived.AddRange(derived.Distinct().Where(name => row.Cells.Any(c => c.Name == name)).Select(name => new DerivedShape(name, row, row.Index(name))));
        return row;
    }

    private static void Put(List<Cell> cells, Cell cell)
    {
        int at = cells.FindIndex(c => c.Name == cell.Name);
        if (at < 0)
        {
            cells.Add(cell);
        }
        else
        {
            cells[at] = cell;
        }
    }
}

/// <summary>One change of a row on its way: it stays or goes.</summary>
internal abstract class RowChange
{
    /// <summary>Why rows go; null when none can.</summary>
    public abstract string? Reason { get; }

    public long Gone { get; private set; }

    public bool Keeps()
    {
        if (Apply())
        {
            return true;
        }

        Gone++;
        return false;
    }

    public virtual Problem? Finding(Step step) => null;

    /// <summary>A batch begins, all of whose rows will come one after the other.</summary>
    public virtual void Prepare(RowBatch batch)
    {
    }

    protected abstract bool Apply();
}

internal sealed class FilterChange(ScanCondition condition) : RowChange
{
    public override string? Reason => Reasons.Filtered;

    protected override bool Apply() => condition.IsTrue();
}

internal sealed class ComputeChange(ScanText value, ScanCursor cursor, int slot) : RowChange
{
    public override string? Reason => null;

    protected override bool Apply()
    {
        cursor.Put(slot, value.Current());
        return true;
    }
}

internal sealed class DistinctChange(string table, ScanRow row, RowKey key, long mostBytes, bool ofWholeRows) : RowChange
{
    private readonly FingerprintSet _seen = new();
    private readonly DuplicateGroups _groups = new(row);
    private Fingerprint[] _ahead = [];
    private RowBatch? _prepared;
    private long _rows;

    /// <summary>Rows are compared in every column.</summary>
    public bool OfWholeRows => ofWholeRows;

    public override string? Reason => Reasons.Duplicate;

    public override Problem? Finding(Step step)
    {
        return Gone == 0 ? null : DuplicateFinding.Of(step, _rows, Gone, _groups.Result());
    }

    /// <summary>Fingerprints of the whole batch, with their places in the set on the way from memory: the set is far larger than any cache.</summary>
    public override void Prepare(RowBatch batch)
    {
        _prepared = null;
        if (batch.Rows > _ahead.Length)
        {
            _ahead = new Fingerprint[batch.Rows * 2];
        }

        for (int i = 0; i < batch.Rows; i++)
        {
            if (!key.TryOf(batch, i, out _ahead[i]))
            {
                return;
            }

            _seen.Prefetch(_ahead[i]);
        }

        _prepared = batch;
    }

    protected override bool Apply()
    {
        _rows++;
        bool first = _seen.Add(row.Cursor.Batch == _prepared ? _ahead[row.Cursor.Row] : key.Current());
        _groups.Add(!first);
        if (_seen.Bytes > mostBytes)
        {
            throw new ScanTooLargeException(table);
        }

        return first;
    }
}

/// <summary>A step cannot be done while reading within the memory allowed; the flow is carried out again with the step on the workbench, which spills.</summary>
public sealed class ScanTooLargeException(string step) : Exception
{
    public string Step => step;
}
