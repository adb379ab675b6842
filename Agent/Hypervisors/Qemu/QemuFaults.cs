using BackupOnline.Agent.Hypervisors.Qmp;

namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>Says what a failure of QEMU's asks for.</summary>
internal static class QemuFaults
{
    /// <summary>Runs a piece of work; its failures come out as the contract's.</summary>
    public static async Task<T> GuardAsync<T>(QemuMachine machine, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure) when (failure is QmpException or QmpLostException or IOException or UnauthorizedAccessException)
        {
            throw Of(machine, failure);
        }
    }

    public static HypervisorException Of(QemuMachine machine, Exception failure) => failure switch
    {
        QmpLostException { Silent: true } => new(HypervisorFault.Busy, "monitor-silent", $"{machine.Name}: {failure.Message} Give the driver a monitor of its own, and let no other backup run.", failure),
        QmpLostException => new(HypervisorFault.Transient, "monitor-lost", $"{machine.Name}: {failure.Message} The machine was switched off or restarted meanwhile, or {machine.Monitor} is not its monitor.", failure),
        QmpException { Kind: "CommandNotFound" } => new(HypervisorFault.Operator, "qemu-too-old", $"{machine.Name}: this QEMU is too old, 7.1 or later is needed ({failure.Message}).", failure),
        QmpException refused when refused.Description.Contains("No space left", StringComparison.Ordinal) =>
            new(HypervisorFault.Operator, "scratch-no-room", $"{machine.Name}: no room for scratch: {failure.Message}. Make room or name another folder.", failure),
        QmpException refused when refused.Description.Contains("Permission denied", StringComparison.Ordinal) =>
            new(HypervisorFault.Operator, "scratch-denied", $"{machine.Name}: QEMU's user may not write the scratch folder: {failure.Message}.", failure),
        QmpException => new(HypervisorFault.Transient, "qemu-refused", $"{machine.Name}: QEMU refused {failure.Message}", failure),
        _ => new(HypervisorFault.Operator, "state-unwritable", $"{machine.Name}: {failure.Message}", failure),
    };
}
