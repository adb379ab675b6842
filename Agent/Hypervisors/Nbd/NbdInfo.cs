namespace BackupOnline.Agent.Hypervisors.Nbd;

/// <summary>What an information reply to Info or Go holds.</summary>
internal enum NbdInfo : ushort
{
    /// <summary>Size (64 bits) and transmission flags (16 bits).</summary>
    Export = 0,

    Name = 1,

    Description = 2,

    /// <summary>Minimum, preferred and maximum size of a request (32 bits each).</summary>
    BlockSize = 3,
}
