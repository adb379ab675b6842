namespace BackupOnline.Agent.Tests.Running;

/// <summary>A wall clock that jumps by a day, back and forth, each time it is looked at; the steady clock goes on.</summary>
internal sealed class JumpingTime : TimeProvider
{
    private int _looks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromDays(Interlocked.Increment(ref _looks) % 2);
}
