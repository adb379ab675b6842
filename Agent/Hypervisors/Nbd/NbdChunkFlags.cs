namespace BackupOnline.Agent.Hypervisors.Nbd;

/// <summary>Flags of a chunk.</summary>
[Flags]
internal enum NbdChunkFlags : ushort
{
    None = 0,

    /// <summary>The last chunk of its reply.</summary>
    Done = 1,
}
