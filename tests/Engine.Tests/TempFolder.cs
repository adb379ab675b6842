namespace BackupOnline.Engine.Tests;

/// <summary>A folder of one test's own, removed with everything in it, read-only files included.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("backuponline-engine-").FullName;

    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
