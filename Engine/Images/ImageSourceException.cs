namespace BackupOnline.Engine.Images;

/// <summary>A source said something about its image that cannot be; no snapshot was made.</summary>
public sealed class ImageSourceException(string image, string message) : Exception(message)
{
    /// <summary>Name of the image in the snapshot's folder.</summary>
    public string Image { get; } = image;
}
