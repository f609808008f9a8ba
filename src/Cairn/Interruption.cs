using System.Runtime.InteropServices;

namespace Cairn;

/// <summary>
/// Ctrl-C and the polite signals: the first asks the work to stop and leaves it time to say what was done, the second ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _signals;
    private int _times;

    public Interruption() =>
        _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Signalled), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Signalled)];

    public CancellationToken Stop => _stop.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }

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
        _stop.Cancel();
    }
}
