namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>Msvm_ComputerSystem.</summary>
/// <param name="Id">Name: the machine's GUID.</param>
/// <param name="Name">ElementName: as people call it; may be renamed, may be used twice.</param>
/// <param name="EnabledState">2 running, 3 off, 6 saved, 9 paused; 32768 and above on the way.</param>
/// <param name="OperationalStatus">[0] health; [1], where present and not 0, an operation under way.</param>
internal sealed record HyperVSystem(string Id, string Name, int EnabledState, IReadOnlyList<int> OperationalStatus)
{
    public PowerState Power => EnabledState switch { 2 => PowerState.Running, 3 or 6 or 32769 => PowerState.Off, 9 or 32768 => PowerState.Paused, _ => PowerState.Unknown };

    public bool IsBusy => OperationalStatus.Count > 1 && OperationalStatus[1] != 0;
}
