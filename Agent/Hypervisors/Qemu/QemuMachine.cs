namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>A machine as the file of the host names it.</summary>
/// <param name="Id">Stable id, such as the machine's UUID.</param>
/// <param name="Monitor">Unix socket of a QMP monitor that nobody else uses.</param>
/// <param name="Agent">Unix socket of the guest agent's channel; null when the machine has none.</param>
/// <param name="FreezeHooks">The guest's agent runs hooks that quiesce its applications: frozen is then application-consistent. Windows guests are so without it, by VSS.</param>
/// <param name="Configuration">Files of the host that describe the machine, kept with each point.</param>
internal sealed record QemuMachine(string Id, string Name, string Monitor, string? Agent, bool FreezeHooks, IReadOnlyList<string> Configuration)
{
    public MachineRef Reference(PowerState power) => new(Id, Name, power);
}
