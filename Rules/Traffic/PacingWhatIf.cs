namespace BackupOnline.Rules.Traffic;

/// <summary>What one more job would mean: the answer to "this job at 02:00".</summary>
/// <param name="Without">The month as it is expected now.</param>
/// <param name="Paced">With the job, sent by its plan.</param>
/// <param name="Plan">That plan.</param>
/// <param name="AtOnce">With the job, sent at the full burst from its start to its end.</param>
public sealed record PacingWhatIf(PacingMonthOutlook Without, PacingJobOutlook Paced, PacingPlan Plan, PacingJobOutlook AtOnce);
