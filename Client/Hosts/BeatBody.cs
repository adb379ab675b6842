using System.Collections.Immutable;
using BackupOnline.Client.Answers;

namespace BackupOnline.Client.Hosts;

internal sealed record BeatBody : CheckedBody
{
    /// <summary>Operating system, agent version, and what the agent can do.</summary>
    [Capabilities]
    public ImmutableArray<string> Capabilities { get; init; } = [];
}
