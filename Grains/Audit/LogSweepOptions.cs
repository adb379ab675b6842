namespace BackupOnline.Grains.Audit;

/// <summary>The sweep that finds what a lost poke left in the outbox.</summary>
public sealed class LogSweepOptions
{
    /// <summary>Time between two sweeps; 0.1 seconds to 1 hour. Shorter finds a lost poke sooner, for one small query each time. Default 10 seconds.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(10);
}
