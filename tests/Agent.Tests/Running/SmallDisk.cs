namespace BackupOnline.Agent.Tests.Running;

/// <summary>A file system of a few MiB that can be filled, and held still. Skips the test where mounting is not permitted.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const string Filler = "filler";
    private readonly Machine _machine = new();

    private SmallDisk()
    {
    }

    public string Folder => _machine.PathOf("small");

    public static async Task<SmallDisk> MountAsync(int mebibytes)
    {
        var disk = new SmallDisk();
        Directory.CreateDirectory(disk.Folder);
        await using (var image = File.Create(disk._machine.PathOf("image")))
            image.SetLength((long)mebibytes << 20);
        (await disk._machine.RunProgramAsync("mkfs.ext4", ["-q", disk._machine.PathOf("image")])).ShouldEndWith(0);
        var mounted = await disk._machine.RunProgramAsync("mount", ["-o", "loop", disk._machine.PathOf("image"), disk.Folder]);
        if (mounted.ExitCode != 0)
            disk._machine.Dispose();
        Assert.SkipUnless(mounted.ExitCode == 0, "mounting is not permitted here");
        return disk;
    }

    /// <summary>Somebody else takes all that is left.</summary>
    public void Fill()
    {
        using var file = File.OpenHandle(Path.Combine(Folder, Filler), FileMode.Create, FileAccess.Write);
        var block = new byte[64 << 10];
        try
        {
            for (var at = 0L; ; at += block.Length)
                RandomAccess.Write(file, block, at);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Free() => File.Delete(Path.Combine(Folder, Filler));

    /// <summary>Writes wait until it is released: a disk that hangs.</summary>
    public Task HoldAsync() => FreezeAsync("--freeze");

    public Task ReleaseAsync() => FreezeAsync("--unfreeze");

    public async ValueTask DisposeAsync()
    {
        await _machine.RunProgramAsync("umount", [Folder]);
        _machine.Dispose();
    }

    private async Task FreezeAsync(string how) => (await _machine.RunProgramAsync("fsfreeze", [how, Folder])).ShouldEndWith(0);
}
