using BackupOnline.Grains.Interfaces.Hosts;

namespace BackupOnline.Client.Hosts;

/// <summary>A host and its enrolment code, which is shown this once and good for one machine, for 15 minutes; a repeated request shows null.</summary>
internal sealed record InvitedHost
{
    public required HostView Host { get; init; }

    public required string? Code { get; init; }
}
