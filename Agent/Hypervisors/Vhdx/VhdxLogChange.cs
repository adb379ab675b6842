namespace BackupOnline.Agent.Hypervisors.Vhdx;

/// <summary>What an entry of a log does to the file.</summary>
/// <param name="Data">4096 bytes; null: zeros.</param>
internal readonly record struct VhdxLogChange(long Offset, long Length, byte[]? Data);
