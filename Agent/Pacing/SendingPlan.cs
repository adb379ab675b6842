namespace BackupOnline.Agent.Pacing;

/// <summary>How the door wants this run to send (docs/pacing.md). Nullable: it comes from outside.</summary>
/// <param name="At">The door's clock when it answered.</param>
/// <param name="Spans">In order; after the last one its rate stays.</param>
internal sealed record SendingPlan(DateTimeOffset At, string? Reason, IReadOnlyList<SendingSpan>? Spans)
{
    /// <summary>The span that holds the time by the door's clock, the last one after the end; null when there is none or it makes no sense.</summary>
    public SendingSpan? Of(DateTimeOffset doorTime)
    {
        if (Spans is null)
            return null;
        var found = Spans.FirstOrDefault(span => doorTime < span.To) ?? (Spans.Count > 0 ? Spans[^1] : null);
        return found is { BitsPerSecond: > 0 } ? found : null;
    }
}
