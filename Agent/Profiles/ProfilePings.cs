namespace BackupOnline.Agent.Profiles;

/// <summary>Addresses that are told of a run, as healthchecks services take them.</summary>
internal sealed record ProfilePings
{
    public Uri? Start { get; init; }

    public Uri? Success { get; init; }

    public Uri? Fail { get; init; }

    /// <summary>One call may take so long.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}
