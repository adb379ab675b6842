namespace BackupOnline.Agent.Enrolment;

/// <summary>What opens the vault at the shelf: user name and password of HTTP Basic.</summary>
internal sealed record ShelfCredential(string KeyId, string Secret);
