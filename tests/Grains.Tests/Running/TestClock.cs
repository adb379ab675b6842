namespace BackupOnline.Grains.Tests.Running;

/// <summary>The system's clock, moved forward by the test. Timers run in real time: a fake one would stop Orleans itself.</summary>
public sealed class TestClock : TimeProvider
{
    private long offsetTicks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref offsetTicks));

    public void Advance(TimeSpan by) => Interlocked.Add(ref offsetTicks, by.Ticks);
}
