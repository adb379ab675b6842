using System.Globalization;

namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>Names what a host answered. Codes are those that the documents of the methods list; texts of the host are in its language and are only shown.</summary>
internal static class HyperVFailure
{
    public const uint AccessDenied = 32769;
    public const uint InUse = 32774;

    /// <summary>ERROR_LOGON_TYPE_NOT_GRANTED, as jobs give it: the right of the machines' accounts to log on as a service is missing.</summary>
    public const uint NoServiceLogon = 0x8007_052F;

    public static HypervisorException Of(string what, uint code, string? told = null)
    {
        var (fault, name, advice) = Meaning(code);
        var said = string.IsNullOrWhiteSpace(told) ? "" : $", {told.Trim()}";
        return new HypervisorException(fault, name, string.Create(CultureInfo.InvariantCulture, $"{what}: {advice} (code {code}{said})"));
    }

    private static (HypervisorFault Fault, string Name, string Advice) Meaning(uint code) => code switch
    {
        AccessDenied => (HypervisorFault.Operator, "hyperv-access-denied", "access denied: run the agent as a member of Hyper-V Administrators or as SYSTEM"),
        InUse or 32775 => (HypervisorFault.Busy, "hyperv-busy", "the machine is held by another operation"),
        32770 or 1 => (HypervisorFault.Operator, "hyperv-unsupported",
            "this host does not know the operation: Windows Server 2016 or later and a configuration of version 6.2 or later are needed"),
        32779 => (HypervisorFault.Operator, "hyperv-file-missing", "a file of the machine is missing: look at the paths of its disks"),
        NoServiceLogon => (HypervisorFault.Operator, "hyperv-service-logon",
            "the group NT VIRTUAL MACHINE\\Virtual Machines lacks the right 'Log on as a service' (often taken away by a group policy): give it back, then run gpupdate /force"),
        _ => (HypervisorFault.Transient, "hyperv-failed", "the host failed"),
    };
}
