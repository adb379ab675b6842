namespace BackupOnline.Agent.Hypervisors.Qmp;

/// <summary>What QEMU or the guest agent answered instead of a result.</summary>
internal sealed class QmpException(string command, string kind, string description) : Exception($"{command}: {description}")
{
    /// <summary>The class of the error: GenericError, CommandNotFound, DeviceNotFound.</summary>
    public string Kind { get; } = kind;

    public string Description { get; } = description;
}
