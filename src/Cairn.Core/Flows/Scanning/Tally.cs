using System.Text;
using Cairn.Core.Expressions;

namespace Cairn.Core.Flows.Scanning;

/// <summary>Counts something of every row of a branch.</summary>
internal abstract class Tally
{
    public abstract void Add();
}

/// <summary>A figure counted while reading.</summary>
internal abstract class FigureTally(Figure figure, ScanCondition? where) : Tally
{
    public Figure Figure => figure;

    public abstract object? Value { get; }

    public sealed override void Add()
    {
        if (where is null || where.IsTrue())
        {
            Count();
        }
    }

    protected abstract void Count();

    public static FigureTally Of(Figure figure, ScanRow row, RowHash hash, int fields)
    {
        ScanCondition? where = figure.Where is null ? null : ScanCondition.Of(figure.Where, row);
        return figure.Form switch
        {
            RowsFigure => new RowsTally(figure, where),
            ColumnsFigure => new FixedTally(figure, (long)row.Cells.Count),
            ByFigure by => new ByTally(figure, where, ScanText.Of(by.Value, row)),
            FilledFigure filled => new FilledTally(figure, where, row, filled.Columns),
            FirstFigure first => new FirstTally(figure, where, ScanText.Of(first.Value, row)),
            LastFigure last => new LastTally(figure, where, ScanText.Of(last.Value, row)),
            DistinctFigure distinct => new RepeatTally(figure, where, new RowKey(hash, row, [row.Index(distinct.Column.Name)], fields), countRepeats: false),
            RepeatedFigure repeated => new RepeatTally(figure, where, new RowKey(hash, row, Columns(row, repeated.By), fields), countRepeats: true),
            ListFigure list => new ListTally(figure, where, row, list),
            _ => throw new InvalidOperationException(figure.Form.GetType().Name),
        };
    }

    internal static IReadOnlyList<int> Columns(ScanRow row, IReadOnlyList<NameAt>? names) =>
        names is null ? [.. Enumerable.Range(0, row.Cells.Count)] : [.. names.Select(n => row.Index(n.Name))];
}

internal sealed class RowsTally(Figure figure, ScanCondition? where) : FigureTally(figure, where)
{
    private long _rows;

    public override object? Value => _rows;

    protected override void Count() => _rows++;
}

internal sealed class FixedTally(Figure figure, object value) : FigureTally(figure, null)
{
    public override object? Value => value;

    protected override void Count()
    {
    }
}

/// <summary>What a step counts anyway.</summary>
internal sealed class SharedTally(Figure figure, Func<long> value) : FigureTally(figure, null)
{
    public override object? Value => value();

    protected override void Count()
    {
    }
}

internal sealed class ByTally(Figure figure, ScanCondition? where, ScanText value) : FigureTally(figure, where)
{
    /// <summary>More different values than this are not a figure any more; the rest is counted together.</summary>
    private const int Limit = 100_000;
    private readonly TextCounts _counts = new(Limit);

    public override object? Value
    {
        get
        {
            var map = _counts.Sorted().ToDictionary();
            if (_counts.Overflow > 0)
            {
                map["(other values)"] = _counts.Overflow;
            }

            return map;
        }
    }

    protected override void Count() => _counts.Add(value.Current());
}

internal sealed class FilledTally(Figure figure, ScanCondition? where, ScanRow row, IReadOnlyList<NameAt>? names) : FigureTally(figure, where)
{
    private readonly int[] _columns = [.. Columns(row, names)];
    private readonly long[] _filled = new long[row.Cells.Count];

    public override object? Value => _columns.ToDictionary(c => row.Cells[c].Name, c => _filled[c]);

    protected override void Count()
    {
        foreach (int column in _columns)
        {
            _filled[column] += row.Text(column).IsEmpty ? 0 : 1;
        }
    }
}

internal sealed class FirstTally(Figure figure, ScanCondition? where, ScanText value) : FigureTally(figure, where)
{
    private bool _seen;
    private byte[] _first = [];

    public override object? Value => FigureText.Value(_first, value.IsWhole);

    protected override void Count()
    {
        if (!_seen)
        {
            _first = value.Current().ToArray();
            _seen = true;
        }
    }
}

internal sealed class LastTally(Figure figure, ScanCondition? where, ScanText value) : FigureTally(figure, where)
{
    private byte[] _last = new byte[64];
    private int _length;

    public override object? Value => FigureText.Value(_last.AsSpan(0, _length), value.IsWhole);

    protected override void Count()
    {
        ReadOnlySpan<byte> text = value.Current();
        if (text.Length > _last.Length)
        {
            _last = new byte[text.Length * 2];
        }

        text.CopyTo(_last);
        _length = text.Length;
    }
}

/// <summary>Distinct non-blank values, or rows that repeat an earlier one.</summary>
internal sealed class RepeatTally(Figure figure, ScanCondition? where, RowKey key, bool countRepeats) : FigureTally(figure, where)
{
    private readonly FingerprintSet _seen = new();
    private long _repeats;

    public override object? Value => countRepeats ? _repeats : (long)_seen.Count;

    protected override void Count()
    {
        if (countRepeats || key.Filled())
        {
            _repeats += _seen.Add(key.Current()) ? 0 : 1;
        }
    }
}

internal sealed class ListTally(Figure figure, ScanCondition? where, ScanRow row, ListFigure list) : FigureTally(figure, where)
{
    private readonly int[] _columns = [.. Columns(row, list.Columns)];
    private readonly List<IReadOnlyDictionary<string, string?>> _rows = [];

    public override object? Value => _rows;

    protected override void Count()
    {
        if (_rows.Count < list.Limit)
        {
            _rows.Add(_columns.ToDictionary(c => row.Cells[c].Name, c => FigureText.Text(row.Text(c))));
        }
    }
}

/// <summary>How figures show values of rows.</summary>
public static class FigureText
{
    public static string? Text(ReadOnlySpan<byte> value) => value.IsEmpty ? null : Encoding.UTF8.GetString(value);

    /// <summary>A whole number where the expression is one, otherwise text; null for a blank.</summary>
    public static object? Value(ReadOnlySpan<byte> value, bool whole) => Text(value) is not { } text ? null : whole ? long.Parse(text) : text;
}
