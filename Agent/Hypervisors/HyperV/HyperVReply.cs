namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>What a method returns: 0 done, 4096 a job goes on, else an error.</summary>
/// <param name="Job">InstanceID of the job; null without one.</param>
internal readonly record struct HyperVReply(uint ReturnValue, string? Job)
{
    public const uint Done = 0;
    public const uint Started = 4096;
}
