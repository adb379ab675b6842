namespace BackupOnline.Images;

/// <summary>A disk, and a day's changes to it.</summary>
internal interface IDiskMaker
{
    DiskFile Make(string path, long size);

    /// <param name="disk">That this maker made.</param>
    /// <param name="bytes">About so many are written.</param>
    void ChangeForADay(DiskFile disk, long bytes);
}
