namespace BackupOnline.Agent.Hypervisors.Nbd;

/// <summary>Types of a server's reply to an option; those with the highest bit are errors, with a text for a person.</summary>
internal enum NbdOptionReply : uint
{
    Acknowledged = 1,
    Server = 2,
    Info = 3,
    MetaContext = 4,
    Unsupported = 0x80000001,
    Policy = 0x80000002,
    Invalid = 0x80000003,
    Platform = 0x80000004,
    TlsRequired = 0x80000005,
    UnknownExport = 0x80000006,
    ShuttingDown = 0x80000007,
    BlockSizeRequired = 0x80000008,
    TooBig = 0x80000009,
}
