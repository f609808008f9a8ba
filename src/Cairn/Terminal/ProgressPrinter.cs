using Cairn.Core.Flows;

namespace Cairn.Terminal;

/// <summary>
/// How far the work is, on standard error. On a terminal one line that is drawn again at most ten times a second; elsewhere a line for each
/// stage and one every half minute, so that logs stay readable. The threads that work only leave their numbers; a timer draws.
/// </summary>
internal sealed class ProgressPrinter : IProgressWatch, IDisposable
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Repeat = TimeSpan.FromSeconds(30);
    private readonly TextWriter _to;
    private readonly bool _live;
    private readonly int _width;
    private readonly TimeProvider _clock;
    private readonly Lock _drawing = new();
    private readonly ITimer _timer;
    private string? _stage;
    private long _begun;
    private long _done;
    private long _total;
    private long _rows;
    private bool _drawn;
    private bool _over;

    public ProgressPrinter(TextWriter to, bool live, int width, TimeProvider clock)
    {
        (_to, _live, _width, _clock) = (to, live, width, clock);
        TimeSpan period = live ? Redraw : Repeat;
        _timer = clock.CreateTimer(_ => Draw(), null, period, period);
    }

    public void Stage(string name)
    {
        lock (_drawing)
        {
            Volatile.Write(ref _done, 0);
            Volatile.Write(ref _total, 0);
            Volatile.Write(ref _rows, 0);
            _stage = name;
            _begun = _clock.GetTimestamp();
            if (_over)
            {
                return;
            }

            if (_live)
            {
                Redrawn();
            }
            else
            {
                _to.WriteLine(Printable.Of(name));
            }
        }
    }

    // Called for every batch, from any thread: three plain stores. That two of them may be of different calls does not matter to an eye.
    public void At(long bytesDone, long? bytesTotal, long rows)
    {
        Volatile.Write(ref _done, bytesDone);
        Volatile.Write(ref _total, bytesTotal ?? 0);
        Volatile.Write(ref _rows, rows);
    }

    /// <summary>Removes the live line; nothing is drawn any more.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_drawing)
        {
            _over = true;
            Clear();
        }
    }

    /// <summary>Takes the line away while something else is printed or asked; the next stage brings it back.</summary>
    public void Pause()
    {
        lock (_drawing)
        {
            _stage = null;
            Clear();
        }
    }

    private void Clear()
    {
        if (_drawn)
        {
            _to.Write("\r\u001b[K");
            _to.Flush();
            _drawn = false;
        }
    }

    private void Draw()
    {
        lock (_drawing)
        {
            if (_over || _stage is null)
            {
                return;
            }

            if (_live)
            {
                Redrawn();
            }
            else
            {
                _to.WriteLine(Line(200));
            }
        }
    }

    private void Redrawn()
    {
        _to.Write("\r" + Line(_width - 1) + "\u001b[K");
        _to.Flush();
        _drawn = true;
    }

    /// <summary>"read media   64 %   4.1 of 6.4 GB   6,700,000 rows   512,000/s   12 s left".</summary>
    private string Line(int width)
    {
        double seconds = _clock.GetElapsedTime(_begun).TotalSeconds;
        long done = Volatile.Read(ref _done);
        long total = Volatile.Read(ref _total);
        long rows = Volatile.Read(ref _rows);
        var parts = new List<string> { Printable.Of(_stage!) };
        if (total > 0)
        {
            done = Math.Min(done, total);
            parts.Add($"{100 * (done / (double)total):0} %");
            parts.Add($"{Amount.Bytes(done)} of {Amount.Bytes(total)}");
        }
        else if (done > 0)
        {
            parts.Add(Amount.Bytes(done));
        }

        if (rows > 0)
        {
            parts.Add(Amount.Of(rows, "row"));
        }

        if (rows > 0 && seconds >= 1)
        {
            parts.Add($"{Amount.Count((long)(rows / seconds))}/s");
        }

        // A guess made of the first instant would jump about; better none than a wrong one.
        if (total > 0 && done > 0 && seconds >= 2)
        {
            parts.Add($"{Amount.Seconds(Math.Max(1, Math.Round(seconds * (total - done) / done)))} left");
        }
        else if (seconds >= 1)
        {
            parts.Add(Amount.Seconds(seconds));
        }

        return TextWidth.Cut(string.Join("   ", parts), width);
    }
}
