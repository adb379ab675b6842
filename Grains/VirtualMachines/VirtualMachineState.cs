using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Interfaces.VirtualMachines;
using BackupOnline.Grains.Records;

namespace BackupOnline.Grains.VirtualMachines;

/// <summary>Civil days are texts, <c>2026-10-25</c>, of Europe/Paris.</summary>
internal sealed partial class VirtualMachineState : RememberingState
{
    public string Tenant { get; set; } = "";

    public string Name { get; set; } = "";

    public string Host { get; set; } = "";

    public string MachineId { get; set; } = "";

    public string Vault { get; set; } = "";

    public string WindowStart { get; set; } = "";

    public TimeSpan WindowLength { get; set; }

    public VmConsistency Wanted { get; set; }

    public bool AllowFallback { get; set; }

    public List<string> ExcludedDisks { get; set; } = [];

    public bool Paused { get; set; }

    /// <summary>The tenant's service is closed: treated as a pause that ends by itself.</summary>
    public bool Closed { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Days whose due instant lies before are not owed.</summary>
    public DateTimeOffset OwedFrom { get; set; }

    public string SettledUntil { get; set; } = "";

    /// <summary>The day whose run has failed for good.</summary>
    public string? GivenUp { get; set; }

    /// <summary>Why; kept until the next point.</summary>
    public VmFailure? LastFailure { get; set; }

    /// <summary>The day for which a run was opened last.</summary>
    public string? LastOpened { get; set; }

    public VmRunState? Run { get; set; }

    public List<VmWorkState> Work { get; set; } = [];

    /// <summary>Oldest first, by the instant of consistency.</summary>
    public List<VmPointRecord> Points { get; set; } = [];

    /// <summary>The last settled days, oldest first.</summary>
    public List<VmDayView> Days { get; set; } = [];

    /// <summary>The last points that went, oldest first.</summary>
    public List<VmTombstone> Removed { get; set; } = [];

    /// <summary>Points that went, until the vault has taken the order to forget them.</summary>
    public List<SnapshotToForget> Forgetting { get; set; } = [];

    public Dictionary<string, string> ReadWhole { get; set; } = [];

    public Dictionary<string, DateTimeOffset> AuditedAt { get; set; } = [];

    public List<VmIncidentState> Incidents { get; set; } = [];

    public DateTimeOffset? LastAuditDue { get; set; }

    public DateTimeOffset? LastBootDue { get; set; }

    public DateTimeOffset? LookAt { get; set; }
}
