using System.Runtime.InteropServices;

namespace Cairn;

/// <summary>
/// Ctrl-C and the polite signals: the first asks the work to stop and leaves it time to say what was done, the second ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _signals;
    private int _times;
    private Timer? _patience;

    public Interruption() =>
        _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Signalled), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Signalled)];

    public CancellationToken Stop => _stop.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }

        _patience?.Dispose();
        _stop.Dispose();
    }

    private void Signalled(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref _times) > 1)
        {
            // Runs are kept so that a process may die at any moment; waiting for a stuck one would only be rude.
            Environment.Exit((int)ExitCode.Stopped);
        }

        context.Cancel = true;
        _patience = new Timer(_ => Say(), null, Patience, Timeout.InfiniteTimeSpan);
        _stop.Cancel();
    }

    private static void Say()
    {
        using Stream error = Console.OpenStandardError();
        error.Write("\nstopping; Ctrl-C once more ends it at once\n"u8);
    }
}
