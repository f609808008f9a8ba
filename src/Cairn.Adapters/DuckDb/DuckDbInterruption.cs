namespace Cairn.Adapters.DuckDb;

/// <summary>
/// Interrupts a connection's statement once a token is cancelled, and keeps at it until disposed: an interrupt that arrives before the engine
/// has begun the statement is forgotten by the engine.
/// </summary>
internal sealed class DuckDbInterruption : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(20);

    private readonly Lock gate = new();
    private readonly DuckDbConnection connection;
    private CancellationTokenRegistration registration;
    private Timer? timer;
    private bool over;

    private DuckDbInterruption(DuckDbConnection connection) => this.connection = connection;

    /// <summary>Nothing for a token that cannot be cancelled.</summary>
    public static DuckDbInterruption? When(CancellationToken stop, DuckDbConnection connection)
    {
        if (!stop.CanBeCanceled)
        {
            return null;
        }
        var interruption = new DuckDbInterruption(connection);
        interruption.registration = stop.UnsafeRegister(static state => ((DuckDbInterruption)state!).Begin(), interruption);
        return interruption;
    }

    public void Dispose()
    {
        registration.Dispose();
        // Under the lock, so that no interrupt is on its way when the connection's next statement begins.
        lock (gate)
        {
            over = true;
            timer?.Dispose();
        }
    }

    private void Begin()
    {
        lock (gate)
        {
            if (!over)
            {
                // At once from here, since a busy thread pool may keep a timer waiting.
                connection.Interrupt();
                timer = new Timer(static state => ((DuckDbInterruption)state!).Interrupt(), this, Again, Again);
            }
        }
    }

    private void Interrupt()
    {
        lock (gate)
        {
            if (!over)
            {
                connection.Interrupt();
            }
        }
    }
}
