namespace BackupOnline.Agent.Hypervisors.Nbd;

/// <summary>A run of bytes with equal flags of one meta context.</summary>
internal readonly record struct NbdExtent(long Offset, long Length, uint Flags)
{
    public long End => Offset + Length;
}
