namespace BackupOnline.Agent.Hypervisors.Nbd;

/// <summary>Types of the chunks of a structured reply.</summary>
internal enum NbdChunk : ushort
{
    None = 0,

    /// <summary>Offset (64 bits) and data.</summary>
    OffsetData = 1,

    /// <summary>Offset (64 bits) and length (32 bits) of zeros.</summary>
    OffsetHole = 2,

    /// <summary>Context (32 bits) and pairs of length and flags (32 bits each).</summary>
    BlockStatus = 5,

    /// <summary>Error (32 bits), length of the text (16 bits), text.</summary>
    Error = 0x8001,

    /// <summary>As <see cref="Error"/>, and the offset (64 bits).</summary>
    ErrorOffset = 0x8002,
}
