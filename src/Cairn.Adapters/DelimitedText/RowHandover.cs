using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Cairn.Adapters.DelimitedText;

/// <summary>
/// Between the thread that finds the rows of a file and the one that takes them: rows found wait here, a few batches at most, so that both work at once.
/// What the finder throws, the taker throws, after the rows before it.
/// </summary>
internal sealed class RowHandover : IDisposable
{
    private const int Waiting = 2;
    private readonly BlockingCollection<Item> _items = new(Waiting * 2);
    private readonly BlockingCollection<RowIndex> _free = [.. Enumerable.Range(0, Waiting + 1).Select(_ => new RowIndex())];
    private readonly CancellationTokenSource _ending;

    /// <param name="ending">Cancelled when the taker gives up, so that the finder does not wait for ever.</param>
    public RowHandover(CancellationTokenSource ending) => _ending = ending;

    /// <summary>An index to find rows into; waits until the taker has done with one.</summary>
    public RowIndex Free() => _free.Take(_ending.Token);

    /// <summary>Hands on rows whose text stays as it is until it is released behind them; the index comes back by <see cref="Free"/>.</summary>
    public void Hand(byte[] text, RowIndex found) => _items.Add(new Item(text, found, null, null), _ending.Token);

    /// <summary>Hands on rows and waits until they are taken, since their text and index are about to be used again.</summary>
    public void HandAndWait(byte[] text, RowIndex found)
    {
        using var taken = new ManualResetEventSlim();
        _items.Add(new Item(text, found, taken, null), _ending.Token);
        taken.Wait(_ending.Token);
    }

    /// <summary>Does something once all rows before it are taken.</summary>
    public void Then(Action done) => _items.Add(new Item([], null, null, done), _ending.Token);

    /// <summary>Runs the finder on a thread of its own and takes its rows on this one, until it ends. Throws what either throws.</summary>
    public void Run(Action find, Action<byte[], RowIndex> take)
    {
        ExceptionDispatchInfo? fault = null;
        var finder = new Thread(() =>
        {
            try
            {
                find();
            }
            catch (Exception e)
            {
                fault = ExceptionDispatchInfo.Capture(e);
            }

            _items.CompleteAdding();
        })
        {
            IsBackground = true,
            Name = "find rows",
        };
        finder.Start();
        try
        {
            foreach (Item item in _items.GetConsumingEnumerable())
            {
                if (item.Found is not null)
                {
                    take(item.Text, item.Found);
                    if (item.Taken is null)
                    {
                        _free.Add(item.Found);
                    }
                }

                item.Taken?.Set();
                item.Done?.Invoke();
            }
        }
        catch
        {
            _ending.Cancel();
            throw;
        }
        finally
        {
            finder.Join();
        }

        fault?.Throw();
    }

    public void Dispose()
    {
        _items.Dispose();
        _free.Dispose();
    }

    private readonly record struct Item(byte[] Text, RowIndex? Found, ManualResetEventSlim? Taken, Action? Done);
}
