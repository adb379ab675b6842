using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>A notice was given.</summary>
[GenerateSerializer, Immutable, Alias("bo.contract.record-notice")]
public sealed record RecordNotice
{
    [Id(0)] public required Caller Caller { get; init; }

    /// <summary>Its id in the list of notices.</summary>
    [Id(1)] public required string Notice { get; init; }

    /// <summary>Civil day in the contract's zone on which it was sent.</summary>
    [Id(2)] public required DateOnly SentOn { get; init; }

    /// <summary><c>email</c>, <c>post</c>, or another word; 1 to 40 characters.</summary>
    [Id(3)] public required string Channel { get; init; }

    /// <summary>What proves it: a message id, a registered letter's number; 0 to 200 characters.</summary>
    [Id(4)] public required string Reference { get; init; }
}
