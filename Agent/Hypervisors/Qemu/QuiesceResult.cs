namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>How far the guest was quiet at the point.</summary>
/// <param name="Fallback">Why it was not further; null when the guest was quiet as far as it can be.</param>
internal sealed record QuiesceResult(Consistency Achieved, string? Fallback, TimeSpan FrozenFor, DateTimeOffset At);
