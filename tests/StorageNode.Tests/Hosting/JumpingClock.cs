namespace BackupOnline.StorageNode.Tests.Hosting;

/// <summary>A wall clock that can be set, over a monotonic one that only goes on.</summary>
internal sealed class JumpingClock(DateTimeOffset start) : TimeProvider
{
    private TimeSpan _passed;
    private TimeSpan _set;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _passed.Ticks;

    public override DateTimeOffset GetUtcNow() => start + _passed + _set;

    public void Pass(TimeSpan time) => _passed += time;

    public void Jump(TimeSpan by) => _set += by;
}
