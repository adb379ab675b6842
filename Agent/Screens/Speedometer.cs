namespace BackupOnline.Agent.Screens;

/// <summary>Bytes per second over the last 15 seconds or so: an average since the start would hide that the line has become slow.</summary>
internal sealed class Speedometer(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(15);
    private readonly Queue<(long At, long Bytes)> _samples = new();

    public double Sample(long bytes)
    {
        var now = time.GetTimestamp();
        _samples.Enqueue((now, bytes));
        while (_samples.Count > 2 && time.GetElapsedTime(_samples.Peek().At, now) > Window)
            _samples.Dequeue();
        var (at, first) = _samples.Peek();
        var seconds = time.GetElapsedTime(at, now).TotalSeconds;
        return seconds <= 0 ? 0 : Math.Max(0, bytes - first) / seconds;
    }
}
