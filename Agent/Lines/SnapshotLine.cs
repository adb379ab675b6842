using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Agent.Lines;

/// <summary>A snapshot as restic's <c>snapshots --json</c> and <c>ls --json</c> show it.</summary>
internal sealed record SnapshotLine
{
    public required DateTimeOffset Time { get; init; }

    public string? Parent { get; init; }

    public required string Tree { get; init; }

    public required IReadOnlyList<string> Paths { get; init; }

    public string? Hostname { get; init; }

    public string? Username { get; init; }

    public uint? Uid { get; init; }

    public uint? Gid { get; init; }

    public IReadOnlyList<string>? Excludes { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public string? Original { get; init; }

    public string? ProgramVersion { get; init; }

    public SnapshotSummaryPart? Summary { get; init; }

    public required string Id { get; init; }

    public required string ShortId { get; init; }

    /// <summary>Only in a listing of files.</summary>
    public string? MessageType { get; init; }

    public string? StructType { get; init; }

    public static SnapshotLine Of(Snapshot snapshot) => new()
    {
        Time = snapshot.Time,
        Parent = snapshot.Parent?.ToString(),
        Tree = snapshot.Tree.ToString(),
        Paths = snapshot.Paths,
        Hostname = snapshot.Hostname,
        Username = snapshot.Username,
        Uid = snapshot.Uid == 0 ? null : snapshot.Uid,
        Gid = snapshot.Gid == 0 ? null : snapshot.Gid,
        Excludes = snapshot.Excludes is { Count: > 0 } ? snapshot.Excludes : null,
        Tags = snapshot.Tags is { Count: > 0 } ? snapshot.Tags : null,
        Original = snapshot.Original?.ToString(),
        ProgramVersion = snapshot.ProgramVersion,
        Summary = snapshot.Summary is { } summary ? SnapshotSummaryPart.Of(summary) : null,
        Id = snapshot.Id.ToString(),
        ShortId = snapshot.Id.ToString()[..8],
    };
}
