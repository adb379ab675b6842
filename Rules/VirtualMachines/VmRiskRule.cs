using NodaTime;

namespace BackupOnline.Rules.VirtualMachines;

/// <summary>When a day is at risk, early enough for a person to save it.</summary>
public static class VmRiskRule
{
    /// <summary>So long after it was wanted a run should be under way; until then nothing is odd.</summary>
    public static readonly Duration Patience = Duration.FromHours(1);

    /// <summary>A host that was heard of within this time is there.</summary>
    public static readonly Duration Presence = Duration.FromMinutes(10);

    /// <summary>So many failures in a row are odd, whatever their fault.</summary>
    public const int ManyFailures = 3;

    /// <summary>The trouble, the gravest first, or null. Ask only for a day that is owed, has been opened and has no point. Exactly the patience is not odd yet.</summary>
    public static VmTrouble? Judge(VmRiskQuestion question)
    {
        if (question.IsGivenUp) return question.LastFault == VmFault.MachineGone ? VmTrouble.MachineGone : VmTrouble.GivenUp;
        if (question.LastFault == VmFault.MachineGone) return VmTrouble.MachineGone;
        if (question.LastFault == VmFault.Operator) return VmTrouble.OperatorNeeded;
        if (question.Failures >= ManyFailures) return VmTrouble.AttemptsFail;
        if (question.IsRunning || question.Now - question.OpensAt <= Patience) return null;
        if (question.HostSeenAt is not { } seen || question.Now - seen > Presence) return VmTrouble.HostAway;
        return question.Failures > 0 ? VmTrouble.AttemptsFail : VmTrouble.NotTakenUp;
    }
}
