using BackupOnline.Grains.Interfaces.Hosts;
using BackupOnline.Grains.Records;
using BackupOnline.Persistence.Storage;

namespace BackupOnline.Grains.Hosts;

internal sealed class HostState : RememberingState
{
    public string Tenant { get; set; } = "";

    public string Name { get; set; } = "";

    public string Vault { get; set; } = "";

    /// <summary>Hash of the last one-time code.</summary>
    public string CodeSha256 { get; set; } = "";

    public DateTimeOffset CodeExpiresAt { get; set; }

    public bool CodeRedeemed { get; set; }

    public DateTimeOffset? EnrolledAt { get; set; }

    public string? PublicKey { get; set; }

    /// <summary>Hash of the secret with which the host speaks to the door.</summary>
    public string? SecretSha256 { get; set; }

    public string? CredentialKeyId { get; set; }

    public string? CredentialSha256 { get; set; }

    public List<string> Capabilities { get; set; } = [];

    public DateTimeOffset? LastSeenAt { get; set; }

    public List<OpenJobState> OpenJobs { get; set; } = [];

    /// <summary>The virtual machines that live here.</summary>
    public List<AdoptedVm> Machines { get; set; } = [];

    /// <summary>Work of virtual machines that has not ended, the oldest first: job ids are in order of time.</summary>
    public List<HostWork> Work { get; set; } = [];

    public HostView ToView(long version) => new()
    {
        Tenant = Tenant,
        Name = Name,
        Vault = Vault,
        Enrolled = EnrolledAt is not null,
        EnrolledAt = EnrolledAt,
        CodeExpiresAt = CodeRedeemed ? null : CodeExpiresAt,
        PublicKey = PublicKey,
        Capabilities = [.. Capabilities],
        LastSeenAt = LastSeenAt,
        OpenJobs = [.. OpenJobs.Select(job => job.Id), .. Work.Where(work => !work.Offered).Select(work => work.Offer.Job)],
        Version = version,
    };

    public override ListingRow ToListing(long version) =>
        new() { Kind = ListingKind.Host, Scope = Tenant, Name = Name, View = ListingJson.Write(ToView(version)) };
}
