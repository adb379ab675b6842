using BackupOnline.Engine.Files;
using BackupOnline.Engine.Filters;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Restoring;

/// <summary>What to restore, and where to. Checked by <see cref="Validate"/> before anything is written.</summary>
public sealed class RestoreOptions
{
    /// <summary>The tree of the snapshot, or of a folder in it.</summary>
    public required BlobId Tree { get; init; }

    /// <summary>The folder that takes the tree's entries; made when it is missing. Files in it that the snapshot has too are overwritten, others stay, unless said otherwise.</summary>
    public required RawPath Target { get; init; }

    /// <summary>Restore only what these match, paths as in the snapshot. Not together with <see cref="Exclude"/>.</summary>
    public PatternList Include { get; init; } = PatternList.Empty;

    /// <summary>As <see cref="Include"/>, upper and lower case alike.</summary>
    public PatternList CaseInsensitiveInclude { get; init; } = PatternList.Empty;

    /// <summary>Do not restore what these match.</summary>
    public PatternList Exclude { get; init; } = PatternList.Empty;

    /// <summary>As <see cref="Exclude"/>, upper and lower case alike.</summary>
    public PatternList CaseInsensitiveExclude { get; init; } = PatternList.Empty;

    /// <summary>Leave runs of zeros unwritten, so that they take no room on the disk.</summary>
    public bool Sparse { get; init; } = true;

    /// <summary>What becomes of files that are there already.</summary>
    public OverwritePolicy Overwrite { get; init; }

    /// <summary>Read each file again after it was written, and compare.</summary>
    public bool Verify { get; init; }

    /// <summary>Remove from the target's folders what the snapshot's do not have, as far as the patterns would restore it.</summary>
    public bool Delete { get; init; }

    /// <summary>Packs read at the same time, each with a buffer of up to 16 MiB. 1 to 32, default 4.</summary>
    public int ReadConcurrency { get; init; } = 4;

    /// <summary>Told of each error as it comes, from any thread; null: nobody. The path is from the target.</summary>
    public Action<Archiving.ItemError>? OnError { get; init; }

    internal bool HasInclude => !Include.IsEmpty || !CaseInsensitiveInclude.IsEmpty;

    /// <exception cref="ArgumentException">Names the property, its value and its bound.</exception>
    public void Validate()
    {
        if (Target.IsEmpty)
            throw new ArgumentException("Target is empty; name the folder to restore into.", nameof(Target));
        if (HasInclude && (!Exclude.IsEmpty || !CaseInsensitiveExclude.IsEmpty))
            throw new ArgumentException("Include and Exclude are both given; use one of them.", nameof(Include));
        if (ReadConcurrency is < 1 or > 32)
            throw new ArgumentException($"ReadConcurrency is {ReadConcurrency}; it must be between 1 and 32.", nameof(ReadConcurrency));
    }
}
