namespace BackupOnline.Engine.Restoring;

/// <summary>
/// What a file that was made in a folder came out as. The process's mask, the folder's group and its access list decide it, alike for each file: permissions that one of them got,
/// another one that asks for the same gets too.
/// </summary>
internal sealed record FreshFile(uint Uid, uint Gid, uint Permissions);
