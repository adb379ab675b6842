namespace BackupOnline.Rules.Traffic;

/// <summary>Work of one direction that is under way.</summary>
/// <param name="BytesLeft">Expected bytes that it has still to send, 0 or more: see <see cref="PacingEstimate"/>.</param>
/// <param name="DeadlineSlot">The slot (floor of unix seconds by 300) before whose start it should have ended. May be over.</param>
public readonly record struct PacingJob(long BytesLeft, long DeadlineSlot);
