namespace BackupOnline.Engine.Restoring;

/// <summary>What a file is like that was made in a folder with the permissions asked for: the process's mask, the folder's group and its access list decide, alike for each of them.</summary>
internal sealed record FreshFile(uint Asked, uint Uid, uint Gid, uint Permissions);
