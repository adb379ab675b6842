namespace BackupOnline.Grains.Interfaces.Replies;

/// <summary>Who asks, from where, and under which operation id. Every mutating request carries one; it ends up in the log.</summary>
[GenerateSerializer, Immutable, Alias("bo.caller")]
public sealed record Caller
{
    /// <summary>Makes the command idempotent (decision 7d): the same id with the same request is answered as the first time. 1 to 100 characters.</summary>
    [Id(0)] public required string Operation { get; init; }

    /// <summary>A pseudonymous actor: <c>key:acme/k3f...</c>, <c>host:acme/web01</c>, <c>node:node1</c>, <c>silo</c>.</summary>
    [Id(1)] public required string Actor { get; init; }

    /// <summary>The network address that the request came from, or null inside the cluster.</summary>
    [Id(2)] public string? Address { get; init; }
}
