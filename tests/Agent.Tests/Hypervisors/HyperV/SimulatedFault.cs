namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>What goes wrong with a call, once.</summary>
/// <param name="Call">Name of the member of the seam.</param>
/// <param name="ReturnValue">The method's own answer; null: it starts its job.</param>
/// <param name="JobCode">ErrorCode of a job that fails; null: it does not.</param>
/// <param name="Vanishes">The job does its work, and the host forgets it before it is looked at.</param>
/// <param name="Half">The job fails after it has done its work.</param>
/// <param name="JobState">JobState of a job that fails: 8 terminated, 9 killed, 10 exception, 11 service.</param>
/// <param name="NeverEnds">The job goes on for ever.</param>
/// <param name="Dies">The driver's process ends when it makes the call: before, or after the host has done it.</param>
internal sealed record SimulatedFault(string Call, uint? ReturnValue = null, uint? JobCode = null, bool Vanishes = false, bool Half = false, int JobState = 10, bool NeverEnds = false, Death Dies = Death.No)
{
    /// <summary>Of calls of that name, how many pass before.</summary>
    public int After { get; set; }
}
