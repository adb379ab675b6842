namespace BackupOnline.Fleet;

/// <summary>A piece of demand under way.</summary>
internal sealed class RunningWork(Work work, long release, long deadline, long? forecast)
{
    private const long Scale = 1_000_000;

    public Work Work => work;

    public long Release => release;

    /// <summary>The slot before whose start it should have ended.</summary>
    public long Deadline => deadline;

    public long Sent { get; set; }

    public long Left => work.Bytes - Sent;

    /// <summary>What the product expected of it when it began, if it had a history.</summary>
    public long? Forecast => forecast;

    /// <summary>What an agent reports: how far through its source it is. It does not know how much it has still to send.</summary>
    public long Done => (long)(work.Announced * Math.Pow((double)Sent / work.Bytes, work.Bend) / Scale) * Scale;

    public double Weight => work.Kind switch { WorkKind.Restore => 4, WorkKind.Seed => 0.25, _ => 1 };
}
