namespace BackupOnline.Agent.BootTests;

/// <summary>A private folder for one test: its sockets, and what the test machine writes. Removed with everything in it.</summary>
internal sealed class BootFolder : IDisposable
{
    /// <summary>With rights for the owner alone, below TMPDIR. The name is short, since a socket's path has 107 bytes at most.</summary>
    public string Location { get; } = Directory.CreateTempSubdirectory("bo-").FullName;

    public string Nbd => Path.Combine(Location, "nbd");

    public string Monitor => Path.Combine(Location, "qmp");

    public string Agent => Path.Combine(Location, "ga");

    public string Firmware => Path.Combine(Location, "bios");

    public string Picture => Path.Combine(Location, "screen.png");

    public void Dispose() => Directory.Delete(Location, recursive: true);
}
