using BackupOnline.Engine.Archiving;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Engine.Images;

/// <summary>What a backup of images takes, and how. Checked by <see cref="Validate"/> before anything is read.</summary>
public sealed class ImageBackupOptions
{
    /// <summary>Host name kept in the snapshot.</summary>
    public required string Host { get; init; }

    /// <summary>Absolute path in the snapshot of the folder that holds everything: <c>/web01</c>. Also the snapshot's path.</summary>
    public required string Folder { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Time kept in the snapshot and on its files; null: the start of the run.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Name and version of the program, kept in the snapshot; null: left out.</summary>
    public string? ProgramVersion { get; init; }

    /// <summary>The snapshot on which incremental images build: it must have this folder. Null when every image is full and there is none to compare with.</summary>
    public Snapshot? Parent { get; init; }

    /// <summary>Small files that stand beside the images, by name.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>();

    /// <summary>The disks; their names and those of the files are all different.</summary>
    public required IReadOnlyList<IImageSource> Images { get; init; }

    /// <summary>
    /// Bytes of a block: a power of two, 512 KiB to 4 MiB. For images that the parent does not have; others keep the size that they have there. Default <see cref="ImageBlocks.DefaultSize"/>.
    /// </summary>
    public int BlockSize { get; init; } = ImageBlocks.DefaultSize;

    /// <summary>Blocks on their way at the same time, each with a buffer of its size: read, hashed, compressed. 1 to 64, default 4.</summary>
    public int ReadConcurrency { get; init; } = 4;

    /// <summary>Told of items and of lost blobs; null: nobody.</summary>
    public IBackupObserver? Observer { get; init; }

    /// <exception cref="ArgumentException">Names the property, its value and its bound.</exception>
    public void Validate()
    {
        var folder = RawPath.FromText(Folder);
        if (!folder.IsAbsolute || folder == RawPath.Root || folder.Clean() != folder)
            throw new ArgumentException($"Folder is '{Folder}'; it must be an absolute path without '.' and '..', such as /web01.", nameof(Folder));
        if (Images.Count == 0)
            throw new ArgumentException("Images is empty; give at least one disk.", nameof(Images));
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in Images.Select(image => image.Name).Concat(Files.Keys))
        {
            if (!RawPath.FromText(name).IsEntryName)
                throw new ArgumentException($"Images or Files has the name '{name}'; it must be a plain file name.", nameof(Images));
            if (!names.Add(name))
                throw new ArgumentException($"Images and Files have the name '{name}' twice.", nameof(Images));
        }

        if (!ImageBlocks.IsSize(BlockSize))
            throw new ArgumentException($"BlockSize is {BlockSize}; it must be a power of two between 524288 and 4194304.", nameof(BlockSize));
        if (ReadConcurrency is < 1 or > 64)
            throw new ArgumentException($"ReadConcurrency is {ReadConcurrency}; it must be between 1 and 64.", nameof(ReadConcurrency));
        if (Images.FirstOrDefault(image => image.Size < 0 || image.Size / BlockSize >= int.MaxValue / 2) is { } odd)
            throw new ArgumentException($"The image {odd.Name} has {odd.Size} bytes; that is not the size of a disk.", nameof(Images));
    }
}
