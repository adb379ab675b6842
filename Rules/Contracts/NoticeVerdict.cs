namespace BackupOnline.Rules.Contracts;

/// <summary>What the renewal notice of a period is worth.</summary>
/// <param name="Valid">Given in time, or not owed by law.</param>
/// <param name="MayLeaveAtOnce">After the renewal the customer may leave at any time, with the unused part of the price refunded.</param>
public readonly record struct NoticeVerdict(bool Valid, bool MayLeaveAtOnce);
