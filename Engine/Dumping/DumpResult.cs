namespace BackupOnline.Engine.Dumping;

/// <summary>What was dumped.</summary>
/// <param name="Files">Regular files.</param>
/// <param name="Bytes">Bytes of their content.</param>
/// <param name="InexactNames">Entries whose name or link target is not UTF-8: an archive's names are text, so such bytes are written as <c>\xHH</c>.</param>
public sealed record DumpResult(long Files, long Bytes, long InexactNames);
