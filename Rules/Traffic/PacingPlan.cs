using System.Collections.Immutable;

namespace BackupOnline.Rules.Traffic;

/// <summary>How a tenant's work of one direction is to be sent. After the last span it goes on as in that span: nothing is ever blocked.</summary>
public sealed record PacingPlan
{
    public required PacingReason Reason { get; init; }

    /// <summary>In order, without gaps, from the present slot on.</summary>
    public required ImmutableArray<PacingSpan> Spans { get; init; }

    /// <summary>Burst slots that begin in this month.</summary>
    public required int Credits { get; init; }

    /// <summary>Of them, those without which the work would not end in time.</summary>
    public required int NeededCredits { get; init; }

    /// <summary>Credits put aside for later days of the month, margin included.</summary>
    public required int ReservedCredits { get; init; }

    /// <summary>The slot in which the last byte is expected to go.</summary>
    public required long LastSlot { get; init; }

    /// <summary>The allowance of a slot: the span's that holds it, else the last one's; a plan without spans allows nothing.</summary>
    public PacingSpan At(long slot)
    {
        foreach (var span in Spans)
        {
            if (slot < span.ToSlot) return span;
        }

        return Spans.IsEmpty ? new PacingSpan(slot, slot + 1, PacingKind.Quiet, 0) : Spans[^1];
    }
}
