using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>A notice that was told to be due, on the day on which it was: when a credit moves that day, it is told again.</summary>
public readonly record struct NoticeToken(string Duty, LocalDate DueOn);
