using System.Runtime.InteropServices;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Exits;

/// <summary>The first Ctrl-C, SIGTERM or hang-up asks the run to stop cleanly, the second one ends the process at once. Both with 130.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Screen _screen;
    private int _count;

    public StopSignal(Screen screen)
    {
        _screen = screen;
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
    }

    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) > 1)
        {
            Environment.Exit(ExitCode.Interrupted);
            return;
        }

        if (_screen.Surroundings.Terminal)
            _screen.Tell(ScreenSentences.Stopping);
        _stop.Cancel();
    }
}
