using BackupOnline.Persistence.Storage;

namespace BackupOnline.Persistence.Queries;

/// <summary>One page of a list. <paramref name="Next"/> is what to ask after for the page that follows, or null at the end.</summary>
public sealed record ListingPage(IReadOnlyList<ListingRow> Items, string? Next);
