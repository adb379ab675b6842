using BackupOnline.Agent.Enrolment;

namespace BackupOnline.Agent.Door;

/// <summary>The door's answer to an enrolment. Nullable: it comes from outside.</summary>
internal sealed record Enrolled(string? Tenant, string? Host, string? Vault, string? Key, Uri? Url, ShelfCredential? Credential);
