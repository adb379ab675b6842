namespace BackupOnline.Agent.PointFiles;

internal enum PointFileType
{
    File,
    Folder,

    /// <summary>Links, devices and the like: they have no content of their own.</summary>
    Other,
}
