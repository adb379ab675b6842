using BackupOnline.Engine.Files;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Restoring;

/// <summary>A folder of the snapshot on its way to the target.</summary>
/// <param name="Path">From the target; empty for the target itself.</param>
/// <param name="Name">Its own name.</param>
/// <param name="Parent">Null for the target itself.</param>
/// <param name="Node">Its metadata; null for the target itself.</param>
internal sealed record RestoreFolder(RawPath Path, RawPath Name, RestoreFolder? Parent, TreeNode? Node)
{
    /// <summary>It is there, or could not be made; either way nobody has to try again.</summary>
    public bool IsMade { get; set; }

    /// <summary>It was there before.</summary>
    public bool Existed { get; set; }

    /// <summary>Its tree could not be read to the end: what else it has is not known.</summary>
    public bool IsUnread { get; set; }

    /// <summary>It could not be made: what is below it cannot be restored.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Something in it was restored, so that its metadata counts.</summary>
    public bool IsUsed { get; set; }

    /// <summary>The first file that was made in it, as it came out.</summary>
    public FreshFile? Fresh { get; set; }

    public RawPath PathOf(RawPath entry) => Path.Join(entry);
}
