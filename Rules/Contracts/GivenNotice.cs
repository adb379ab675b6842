using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>A notice that was given.</summary>
/// <param name="Duty">The id of the <see cref="NoticeDuty"/>.</param>
/// <param name="SentOn">Civil day in the contract's zone.</param>
public sealed record GivenNotice(string Duty, LocalDate SentOn, string Channel, string Reference);
