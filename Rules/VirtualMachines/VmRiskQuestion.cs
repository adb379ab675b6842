using NodaTime;

namespace BackupOnline.Rules.VirtualMachines;

/// <summary>What <see cref="VmRiskRule"/> has to know of a day that has no point yet.</summary>
public sealed record VmRiskQuestion
{
    public required Instant Now { get; init; }

    /// <summary>When the day's run was wanted first.</summary>
    public required Instant OpensAt { get; init; }

    public required bool IsRunning { get; init; }

    /// <summary>The day's run has failed for good.</summary>
    public required bool IsGivenUp { get; init; }

    /// <summary>Attempts of the day's run that failed.</summary>
    public required int Failures { get; init; }

    /// <summary>The fault of the last one, or null.</summary>
    public VmFault? LastFault { get; init; }

    /// <summary>When the host was last heard of, or null when never.</summary>
    public Instant? HostSeenAt { get; init; }
}
