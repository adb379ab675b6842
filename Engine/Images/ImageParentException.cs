namespace BackupOnline.Engine.Images;

/// <summary>An incremental image cannot be built on its parent; nothing was read and no snapshot made. The same disk read whole will do.</summary>
public sealed class ImageParentException(string image, ImageParentProblem problem, string message) : Exception(message)
{
    /// <summary>Name of the image in the snapshot's folder.</summary>
    public string Image { get; } = image;

    public ImageParentProblem Problem { get; } = problem;
}
