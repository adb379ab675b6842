namespace BackupOnline.Client.Probing;

/// <summary>How this door probes the shelves (contract article 6, design decision 22). Checked at start by <see cref="ProbeOptionsValidator"/>.</summary>
internal sealed class ProbeOptions
{
    /// <summary>False on doors that shall not probe; one that does is enough, two survive the loss of one. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>This prober's name, by the name rule; the same after a restart.</summary>
    public string Name { get; set; } = "door";

    /// <summary>One round over all vaults. Default 1 minute, the contract's unit; shorter ones divide it: 5 s to 1 minute.</summary>
    public TimeSpan Period { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A probe that takes longer has failed; 1 s to 20 s. Default 20 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Probes at once, 1 to 4096. Default 256: 100 000 vaults at 80 ms each take 32 s.</summary>
    public int MostAtOnce { get; set; } = 256;

    /// <summary>Of these to one storage node, so that one that hangs does not hold up the others; 1 to 1024. Default 64.</summary>
    public int MostPerNode { get; set; } = 64;

    /// <summary>Results kept while the cluster cannot be reached; later ones are lost. 1000 to 10 000 000; default 500 000, some 100 MB.</summary>
    public int MostWaiting { get; set; } = 500_000;
}
