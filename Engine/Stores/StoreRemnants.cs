namespace BackupOnline.Engine.Stores;

/// <summary>What writers that were killed left of objects that they were storing.</summary>
/// <param name="Files">How many.</param>
/// <param name="Bytes">Their lengths together.</param>
public readonly record struct StoreRemnants(int Files, long Bytes)
{
    public bool IsNone => Files == 0;
}
