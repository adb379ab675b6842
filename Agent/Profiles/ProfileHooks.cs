namespace BackupOnline.Agent.Profiles;

/// <summary>Commands around a run, in order, each a line for the system's shell.</summary>
internal sealed record ProfileHooks
{
    /// <summary>One that fails stops the run before it begins.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>When everything went well.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>When anything did not.</summary>
    public IReadOnlyList<string> OnFailure { get; init; } = [];

    /// <summary>At the end, whatever happened.</summary>
    public IReadOnlyList<string> Finally { get; init; } = [];

    /// <summary>One command may take so long; then it is ended and counts as failed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);
}
