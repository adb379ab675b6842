namespace BackupOnline.Agent.Hypervisors.Nbd;

/// <summary>Flags that the server offers in its greeting (16 bits) and the client answers with (32 bits).</summary>
[Flags]
internal enum NbdHandshakeFlags : uint
{
    None = 0,

    FixedNewstyle = 1,

    /// <summary>No 124 zeros after the answer to ExportName.</summary>
    NoZeroes = 2,
}
