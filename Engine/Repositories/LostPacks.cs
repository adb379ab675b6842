namespace BackupOnline.Engine.Repositories;

/// <summary>What the index promises and the store does not have.</summary>
/// <param name="Missing">Packs that are not there.</param>
/// <param name="TooShort">Packs that are too short for what the index says of them.</param>
/// <param name="Blobs">Distinct blobs that lie nowhere else: older snapshots that need them are incomplete until they are stored again.</param>
public sealed record LostPacks(int Missing, int TooShort, int Blobs)
{
    public static LostPacks None { get; } = new(0, 0, 0);

    public int Packs => Missing + TooShort;
}
