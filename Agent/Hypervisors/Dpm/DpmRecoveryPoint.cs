namespace BackupOnline.Agent.Hypervisors.Dpm;

/// <summary>An active recovery point.</summary>
/// <param name="At">RepresentedPointInTime: the instant whose data it holds, not when its job ended.</param>
internal sealed record DpmRecoveryPoint(string Id, DateTimeOffset At);
