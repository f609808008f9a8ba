using Cairn.RedcapServer.Api;

namespace Cairn.RedcapServer.Misbehaviour;

/// <summary>What can go wrong with a call, on request.</summary>
public enum MischiefKind
{
    /// <summary>The answer comes after <see cref="Mischief.Value"/> milliseconds.</summary>
    Slow,

    /// <summary>Nothing is done; the status is <see cref="Mischief.Value"/>, the body a web server's error page.</summary>
    Status,

    /// <summary>Nothing is done; 429, with <c>Retry-After</c> of <see cref="Mischief.Value"/> seconds.</summary>
    Throttle,

    /// <summary>Nothing is done; status 200 and a web page.</summary>
    WebPage,

    /// <summary>Nothing is done, and the connection is dropped.</summary>
    DropBefore,

    /// <summary>The call is carried out, and the connection dropped before the answer.</summary>
    DropAfter,

    /// <summary>The connection is dropped after <see cref="Mischief.Value"/> bytes of the answer.</summary>
    Cut,

    /// <summary>An export of records has only the first <see cref="Mischief.Value"/> of them, and looks complete.</summary>
    Truncate,

    /// <summary>An import answers with a count that is <see cref="Mischief.Value"/> too high; it is carried out.</summary>
    WrongCount,
}

/// <summary>One order to misbehave: how, for which calls, how often.</summary>
/// <param name="Kind">How.</param>
/// <param name="Value">What the kind says it means.</param>
/// <param name="Content">Only calls of this content; null for all.</param>
/// <param name="Action">Only calls of this action; null for all.</param>
/// <param name="Skip">Calls left alone before the first.</param>
/// <param name="Times">Calls concerned; then the order is forgotten.</param>
public sealed record Mischief(MischiefKind Kind, int Value = 0, string? Content = null, string? Action = null, int Skip = 0, int Times = 1)
{
    /// <summary>Whether the order is for this call: the two kinds that change what is answered wait for a call they can change.</summary>
    public bool Concerns(ApiCall call) => (Kind is not (MischiefKind.Truncate or MischiefKind.WrongCount)
            || (call.Text("content") == "record" && ApiMethods.ActionOf(call) == (Kind == MischiefKind.Truncate ? "export" : "import")))
        && (Content is null || call.Text("content") == Content) && (Action is null || ApiMethods.ActionOf(call) == Action);
}

/// <summary>The orders in force. Safe to use from several threads.</summary>
public sealed class Mischiefs
{
    private readonly Lock _lock = new();
    private readonly List<Mischief> _orders = [];

    public IReadOnlyList<Mischief> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _orders];
            }
        }
    }

    public void Add(Mischief order)
    {
        lock (_lock)
        {
            _orders.Add(order);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _orders.Clear();
        }
    }

    /// <summary>What befalls this call: the first order that concerns it and is due, which is counted down. Null for none.</summary>
    public Mischief? Take(ApiCall call)
    {
        lock (_lock)
        {
            for (int i = 0; i < _orders.Count; i++)
            {
                Mischief order = _orders[i];
                if (!order.Concerns(call))
                {
                    continue;
                }

                if (order.Skip > 0)
                {
                    _orders[i] = order with { Skip = order.Skip - 1 };
                    continue;
                }

                if (order.Times > 1)
                {
                    _orders[i] = order with { Times = order.Times - 1 };
                }
                else
                {
                    _orders.RemoveAt(i);
                }

                return order;
            }

            return null;
        }
    }
}
