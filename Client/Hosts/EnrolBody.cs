using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using BackupOnline.Client.Answers;

namespace BackupOnline.Client.Hosts;

internal sealed record EnrolBody : CheckedBody
{
    /// <summary>The code that <c>inviteHost</c> gave.</summary>
    [StringLength(200, MinimumLength = 1, ErrorMessage = "must be the code that the invitation showed.")]
    public required string Code { get; init; }

    /// <summary>The X25519 public key that the host made, base64 of 32 bytes.</summary>
    [PublicKey]
    public required string PublicKey { get; init; }

    /// <summary>Operating system, agent version, and what the agent can do.</summary>
    [Capabilities]
    public ImmutableArray<string> Capabilities { get; init; } = [];

    /// <summary>Never with its code: a record's own form would show it.</summary>
    public override string ToString() => nameof(EnrolBody);
}
