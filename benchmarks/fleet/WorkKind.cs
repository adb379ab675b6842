namespace BackupOnline.Fleet;

public enum WorkKind
{
    Daily = 0,
    Seed = 1,
    Restore = 2,
}
