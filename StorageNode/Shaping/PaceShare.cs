namespace BackupOnline.StorageNode.Shaping;

/// <summary>A rate until <paramref name="Edge"/> (a timestamp: the end of the slot), and the one from there on.</summary>
internal sealed record PaceShare(long BitsPerSecond, long NextBitsPerSecond, long Edge)
{
    public long At(long now) => now < Edge ? BitsPerSecond : NextBitsPerSecond;
}
