namespace BackupOnline.Images;

/// <summary>An image's file system, mounted until it is disposed; then all of it is in the image.</summary>
internal sealed class LoopMount : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("backuponline-images-").FullName;

    public LoopMount(string image) => Tool.Run("mount", "-o", "loop", image, _folder);

    public string this[string path] => Path.Combine(_folder, path);

    /// <summary>Bytes.</summary>
    public long Free => new DriveInfo(_folder).AvailableFreeSpace;

    public void Dispose()
    {
        Tool.Run("umount", _folder);
        Directory.Delete(_folder);
    }
}
