using NodaTime;

namespace BackupOnline.Rules.Contracts;

/// <summary>Civil days on which a notice is valid, both inclusive.</summary>
public readonly record struct NoticeWindow(LocalDate Earliest, LocalDate Latest)
{
    public bool Contains(LocalDate day) => Earliest <= day && day <= Latest;
}
