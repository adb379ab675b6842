namespace BackupOnline.Engine.Crypto;

/// <summary>The cost of one password guess. N and r give the memory (128 * N * r bytes), p multiplies the time.</summary>
internal readonly record struct ScryptParameters(ulong N, uint R, uint P)
{
    private const ulong MaxMemoryBytes = 512UL << 20;

    // About 20 s of one core: beyond that a key file is an attack on whoever opens it.
    private const ulong MaxWork = 1UL << 26;

    /// <summary>32 MiB and about 75 ms: what restic accepts, and a good order above what a login would use.</summary>
    public static ScryptParameters Default { get; } = new(32768, 8, 1);

    public ulong MemoryBytes => 128 * N * R;

    /// <summary>N a power of two from 2; at most 512 MiB and about 20 s. A key file with other values is refused unread.</summary>
    public bool IsSane =>
        N is >= 2 and <= 1 << 26 && (N & (N - 1)) == 0 && R is >= 1 and <= 1024 && P is >= 1 and <= 1024
        && MemoryBytes <= MaxMemoryBytes && N * R * P <= MaxWork;
}
