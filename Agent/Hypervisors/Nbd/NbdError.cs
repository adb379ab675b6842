namespace BackupOnline.Agent.Hypervisors.Nbd;

/// <summary>Errors of the transmission phase: the numbers of Linux.</summary>
internal enum NbdError : uint
{
    None = 0,
    NotPermitted = 1,
    InputOutput = 5,
    OutOfMemory = 12,
    Invalid = 22,
    NoSpace = 28,
    Overflow = 75,
    NotSupported = 95,
    ShuttingDown = 108,
}
