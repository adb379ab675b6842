namespace BackupOnline.Engine.Images;

/// <summary>What was done for one image. All in bytes.</summary>
/// <param name="Name">As its source named it.</param>
/// <param name="Size">Of the image.</param>
/// <param name="BytesRead">Asked of the source.</param>
/// <param name="BytesChanged">Of blocks that differ from those of the parent snapshot; without a comparable one, of blocks that are not zero.</param>
/// <param name="BytesAdded">Plain bytes of blocks that the repository did not have.</param>
public sealed record ImageResult(string Name, long Size, long BytesRead, long BytesChanged, long BytesAdded);
