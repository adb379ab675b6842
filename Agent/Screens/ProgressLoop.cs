using System.Globalization;

namespace BackupOnline.Agent.Screens;

/// <summary>
/// Shows progress while a run lasts: the bar on a terminal, status lines with --json, nothing else. RESTIC_PROGRESS_FPS (0.01 to 60 per second) sets the rhythm;
/// without it 10 times a second with --json, as restic's readers expect, and 5 on a terminal.
/// </summary>
internal sealed class ProgressLoop : IAsyncDisposable
{
    private readonly Screen _screen;
    private readonly Func<Progress> _progress;
    private readonly Action<Progress, TimeSpan, double>? _status;
    private readonly ProgressBar _bar;
    private readonly Speedometer _speed;
    private readonly long _start;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _loop;

    /// <param name="screen">Where to show.</param>
    /// <param name="progress">Asked at each step; from another thread.</param>
    /// <param name="status">Writes a status line of --json: progress, time since the start, bytes per second.</param>
    public ProgressLoop(Screen screen, Func<Progress> progress, Action<Progress, TimeSpan, double>? status)
    {
        (_screen, _progress, _status) = (screen, progress, status);
        _bar = new ProgressBar(screen.Speech, screen.Surroundings.Colour);
        _speed = new Speedometer(screen.Surroundings.Time);
        _start = screen.Surroundings.Time.GetTimestamp();
        var shows = screen.ShowsBar || (screen.Json && status is not null && screen.Verbosity >= 0);
        _loop = shows ? RunAsync(Period()) : Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _loop;
        _screen.EraseBar();
        _ended.Dispose();
    }

    private TimeSpan Period()
    {
        var rate = _screen.Json ? 10.0 : 5.0;
        if (_screen.Surroundings.Setting("PROGRESS_FPS") is { } text
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var chosen)
            && chosen > 0)
        {
            rate = Math.Clamp(chosen, 0.01, 60);
        }

        return TimeSpan.FromSeconds(1 / rate);
    }

    private async Task RunAsync(TimeSpan period)
    {
        using var timer = new PeriodicTimer(period, _screen.Surroundings.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
                Show();
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
        }
    }

    private void Show()
    {
        var progress = _progress();
        var elapsed = _screen.Surroundings.Time.GetElapsedTime(_start);
        var speed = _speed.Sample(progress.BytesDone);
        if (_screen.Json)
            _status!(progress, elapsed, speed);
        else
            _screen.Draw(_bar.Lines(progress, elapsed, speed, Width()));
    }

    private static int Width()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
