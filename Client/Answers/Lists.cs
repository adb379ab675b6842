using BackupOnline.Persistence.Queries;
using BackupOnline.Persistence.Storage;

namespace BackupOnline.Client.Answers;

/// <summary>Pages of views, read from rows without waking a grain.</summary>
internal sealed class Lists(Listings listings)
{
    public async Task<Page<T>> PageAsync<T>(string kind, string scope, PageQuery query, CancellationToken cancellation) =>
        Typed<T>(await listings.PageAsync(kind, scope, query.After, query.Size, cancellation));

    public async Task<Page<T>> PageNewestFirstAsync<T>(string kind, string scope, PageQuery query, CancellationToken cancellation) =>
        Typed<T>(await listings.PageNewestFirstAsync(kind, scope, query.After, query.Size, cancellation));

    private static Page<T> Typed<T>(ListingPage page) =>
        new() { Items = [.. page.Items.Select(row => ListingJson.Read<T>(row.View))], Next = page.Next };
}
