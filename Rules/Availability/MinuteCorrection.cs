using NodaTime;

namespace BackupOnline.Rules.Availability;

/// <summary>An operator's word on a time: whole UTC minutes, half-open.</summary>
public sealed record MinuteCorrection
{
    /// <summary>Inclusive.</summary>
    public required Instant From { get; init; }

    /// <summary>Exclusive.</summary>
    public required Instant Until { get; init; }

    public required OutageCause Cause { get; init; }

    /// <summary>True: the minutes were down, whatever the probes saw. False: only the down ones get the cause.</summary>
    public required bool Declared { get; init; }
}
