using System.Collections.Immutable;
using NodaTime;

namespace BackupOnline.Rules.VirtualMachines;

/// <summary>The answer of <see cref="VmDayRule"/>.</summary>
public sealed record VmDayDecision
{
    public required VmStep Step { get; init; }

    public required VmReason Reason { get; init; }

    /// <summary>The civil day of now.</summary>
    public required LocalDate Today { get; init; }

    /// <summary>When today's run may begin, or began to be wanted.</summary>
    public required Instant OpensAt { get; init; }

    /// <summary>Days that are over and were not settled before; ascending, without a gap.</summary>
    public required ImmutableArray<VmSettledDay> Settled { get; init; }

    /// <summary>When to decide again unless something happens before; null while paused.</summary>
    public required Instant? LookAt { get; init; }
}
