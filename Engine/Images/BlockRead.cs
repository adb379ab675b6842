namespace BackupOnline.Engine.Images;

/// <summary>A part of a block that is read from its source. Both counted in bytes, the offset from the block's beginning.</summary>
internal readonly record struct BlockRead(int Offset, int Length);
