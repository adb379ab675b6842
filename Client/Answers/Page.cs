using System.Collections.Immutable;

namespace BackupOnline.Client.Answers;

/// <summary>One page of a list.</summary>
internal sealed record Page<T>
{
    public required ImmutableArray<T> Items { get; init; }

    /// <summary>What to give as <c>after</c> for the next page, or null at the end.</summary>
    public required string? Next { get; init; }
}
