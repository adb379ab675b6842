namespace BackupOnline.Engine.Images;

/// <summary>A block that has to be made anew.</summary>
/// <param name="Number">From 0, in the order of the image.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Reads">What of it is read, ascending and apart; what lies between is zero.</param>
internal sealed record TouchedBlock(int Number, int Length, IReadOnlyList<BlockRead> Reads);
