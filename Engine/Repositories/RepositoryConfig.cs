using BackupOnline.Engine.Chunking;

namespace BackupOnline.Engine.Repositories;

/// <summary>The sealed config of a repository.</summary>
/// <param name="Version">Format version, always 2 once opened.</param>
/// <param name="Id">64 hexadecimal digits, made at init; tells repositories apart.</param>
/// <param name="ChunkerPolynomial">Irreducible, of degree 53: with it the same file is cut at the same places by every client of this repository.</param>
public sealed record RepositoryConfig(int Version, string Id, Polynomial ChunkerPolynomial);
