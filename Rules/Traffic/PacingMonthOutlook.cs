namespace BackupOnline.Rules.Traffic;

/// <summary>How a month is expected to end, one direction.</summary>
/// <param name="PercentileBytes">The 95th percentile that the month is expected to have, in bytes per slot.</param>
/// <param name="CreditsUsed">Slots above the limit so far.</param>
/// <param name="CreditsExpected">Further ones without which the expected work would not end in time; spare ones that shorten a backup are not among them.</param>
/// <param name="CreditsLeft">Credits of the month less both; negative when conformity is out of reach.</param>
public sealed record PacingMonthOutlook(long PercentileBytes, int CreditsUsed, int CreditsExpected, int CreditsLeft);
