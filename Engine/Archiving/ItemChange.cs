namespace BackupOnline.Engine.Archiving;

/// <summary>How an item stands to the parent snapshot.</summary>
public enum ItemChange
{
    New,
    Changed,
    Unmodified,
}
