namespace BackupOnline.Agent.Hypervisors;

/// <summary>What a point's data agree with, the weakest first.</summary>
internal enum Consistency
{
    /// <summary>As after a power cut: all disks at one instant.</summary>
    Crash,

    /// <summary>The guest's file systems were frozen.</summary>
    FileSystem,

    /// <summary>The guest's applications were quiesced too (VSS writers, freeze hooks).</summary>
    Application,
}
