using BackupOnline.Engine.Files;

namespace BackupOnline.Engine.Archiving;

/// <summary>An entry of the file system on its way into a snapshot.</summary>
/// <param name="Parent">The folder that holds it.</param>
/// <param name="Entry">Its name in that folder.</param>
/// <param name="Name">Its name in the snapshot, nearly always the same.</param>
/// <param name="AbsolutePath">For filters and messages.</param>
/// <param name="OwnsParent">The parent was opened for this entry alone, and is closed with it.</param>
internal sealed record SourceEntry(FolderHandle Parent, RawPath Entry, RawPath Name, RawPath AbsolutePath, bool OwnsParent)
{
    /// <summary>Closes what was opened for this entry.</summary>
    public void Release()
    {
        if (OwnsParent)
            Parent.Dispose();
    }
}
