using Cairn.Core;
using Cairn.Core.Flows;
using Cairn.Core.Tables;

namespace Cairn.Peeking;

/// <summary>What is looked for: the first rows, a sample, a profile of the columns.</summary>
/// <param name="Asked">How many rows were asked for; null when that is left to what fits.</param>
internal sealed record PeekWish(int? Asked, int? Sample, ulong Seed, bool Profile)
{
    public int Limit => Asked ?? 20;

    /// <summary>Only the beginning is read unless something is asked of all rows.</summary>
    public bool ReadsAll => Profile || Sample is not null;
}

/// <summary>What was seen of a source.</summary>
/// <param name="All">The whole source was read, so that Read and Refused are its rows.</param>
internal sealed record Seen(TableLayout Layout, IReadOnlyList<SampledRow> Rows, TableProfile? Profile, long Read, bool All)
{
    public IReadOnlyList<RefusedRow> Refused { get; init; } = [];
    public long RefusedRows { get; init; }
    public IReadOnlyList<Problem> Findings { get; init; } = [];
}

/// <summary>Reads a source as far as the wish needs, and no further.</summary>
internal sealed class Peek(ISource source, PeekWish wish, IProgressWatch? progress, CancellationToken stop) : IReadWatch
{
    private const int RefusedShown = 5;
    private readonly List<SampledRow> _first = [];
    private readonly List<RefusedRow> _refused = [];
    private long _refusedRows;
    private long _read;

    public Seen Look()
    {
        TableLayout layout = source.Layout(stop);
        var cells = new CellReader(layout);
        RowSample? sample = wish.Sample is { } size ? new RowSample(layout, size, wish.Seed) : null;
        TableProfile? profile = wish.Profile ? new TableProfile(layout) : null;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        bool all = true;
        SourceReport? report = null;
        try
        {
            report = source.Read(
                batch =>
                {
                    for (int row = 0; row < batch.Rows && _first.Count < wish.Limit && sample is null; row++)
                    {
                        _first.Add(new SampledRow(batch.Numbers[row], cells.Row(batch, row)));
                    }

                    sample?.Add(batch);
                    profile?.Add(batch);
                    _read += batch.Rows;
                    if (!wish.ReadsAll && _read > wish.Limit)
                    {
                        enough.Cancel();
                    }
                },
                this,
                enough.Token);
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            all = false;
        }

        return new Seen(layout, sample?.Rows ?? _first, profile, _read, all)
        {
            Refused = _refused,
            RefusedRows = _refusedRows,
            Findings = [.. layout.Findings, .. report?.Findings ?? []],
        };
    }

    public void Refused(RefusedRow row)
    {
        _refusedRows++;
        if (_refused.Count < RefusedShown)
        {
            _refused.Add(row);
        }
    }

    public void Progress(long bytesDone, long? bytesTotal) => progress?.At(bytesDone, bytesTotal, _read);
}
