namespace BackupOnline.Grains.Interfaces.VirtualMachines;

/// <summary>What became of a civil day.</summary>
[GenerateSerializer, Alias("bo.vm.day-standing")]
public enum VmDayStanding
{
    /// <summary>A good point lies in it.</summary>
    Covered = 0,

    /// <summary>It was owed, and no good point lies in it.</summary>
    Lost = 1,

    /// <summary>Nothing was owed: the machine was paused, or not there yet.</summary>
    Excused = 2,
}
