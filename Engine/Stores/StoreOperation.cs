namespace BackupOnline.Engine.Stores;

/// <summary>The operations of a store, as a planned fault names them.</summary>
public enum StoreOperation
{
    Create,
    Put,
    Get,
    ReadRange,
    Length,
    List,
    Delete,
}
