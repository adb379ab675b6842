namespace BackupOnline.Persistence.Storage;

/// <summary>One line of a list: what the door's collections page through, without waking the grain.</summary>
public sealed record ListingRow
{
    /// <summary><c>tenant</c>, <c>vault</c>, <c>set</c>, <c>host</c>, <c>job</c>, <c>node</c>, <c>vm</c>: see <see cref="ListingKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The tenant that owns it, or <c>provider</c> (tenants themselves, nodes).</summary>
    public required string Scope { get; init; }

    public required string Name { get; init; }

    /// <summary>The view record of Grains.Interfaces as JSON in camelCase, as <see cref="ListingJson"/> writes it.</summary>
    public required string View { get; init; }
}
