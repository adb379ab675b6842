namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>Msvm_ConcreteJob.</summary>
/// <param name="State">JobState: 2 to 6 under way, 7 completed, 8 terminated, 9 killed, 10 exception, 11 service.</param>
/// <param name="ErrorCode">Meaningful once it failed.</param>
/// <param name="ErrorDescription">In the host's language: shown, never read.</param>
internal sealed record HyperVJob(int State, uint ErrorCode, string ErrorDescription)
{
    public bool IsUnderWay => State is >= 2 and <= 6;

    public bool IsCompleted => State == 7;
}
