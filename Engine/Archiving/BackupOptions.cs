using BackupOnline.Engine.Files;
using BackupOnline.Engine.Filters;
using BackupOnline.Engine.Snapshots;

namespace BackupOnline.Engine.Archiving;

/// <summary>What a backup takes, and how. Checked by <see cref="Validate"/> before anything is read.</summary>
public sealed class BackupOptions
{
    /// <summary>Files and folders, absolute or relative to <see cref="WorkingFolder"/>. A relative one keeps its relative place in the snapshot, as with restic.</summary>
    public required IReadOnlyList<RawPath> Targets { get; init; }

    /// <summary>Where relative targets start; empty: the folder that the process runs in.</summary>
    public RawPath WorkingFolder { get; init; }

    /// <summary>Host name kept in the snapshot and used to find the parent.</summary>
    public required string Host { get; init; }

    /// <summary>Who runs the backup, kept in the snapshot.</summary>
    public string Username { get; init; } = "";

    public uint Uid { get; init; }

    public uint Gid { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Time kept in the snapshot; null: the start of the run. Not the clock for anything else.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Name and version of the program, kept in the snapshot; null: left out.</summary>
    public string? ProgramVersion { get; init; }

    /// <summary>What is left out.</summary>
    public ExcludeRules Excludes { get; init; } = ExcludeRules.None;

    /// <summary>The exclude rules as the user wrote them, kept in the snapshot.</summary>
    public IReadOnlyList<string> ExcludeTexts { get; init; } = [];

    /// <summary>Do not go into other file systems than those of the targets; their mount points are kept as empty folders.</summary>
    public bool OneFileSystem { get; init; }

    /// <summary>Go into network file systems below a target. Otherwise their mount points are kept as empty folders and named in the result.</summary>
    public bool IncludeNetworkFileSystems { get; init; }

    /// <summary>The snapshot whose unchanged files are not read again; null: the newest with the same host that has all these paths.</summary>
    public Snapshot? Parent { get; init; }

    /// <summary>Read every file, whatever the parent says.</summary>
    public bool Force { get; init; }

    /// <summary>Keep access times. Each reading of a file then makes its folder's tree a new one.</summary>
    public bool WithAccessTimes { get; init; }

    /// <summary>Take a file for unchanged though its change time differs.</summary>
    public bool IgnoreChangeTime { get; init; }

    /// <summary>Take a file for unchanged though its inode differs.</summary>
    public bool IgnoreInode { get; init; }

    /// <summary>Read and cut, but save nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Save no snapshot when it would have the tree of its parent.</summary>
    public bool SkipIfUnchanged { get; init; }

    /// <summary>Count files and bytes beforehand, at the same time as the backup, so that progress has a total. Costs a second walk over the folders.</summary>
    public bool CountTotals { get; init; } = true;

    /// <summary>Files read at the same time, each with a buffer of about 9 MiB. 1 to 64, default 2.</summary>
    public int ReadConcurrency { get; init; } = 2;

    /// <summary>Told of each item and each error as they come, from any thread; null: nobody.</summary>
    public IBackupObserver? Observer { get; init; }

    /// <exception cref="ArgumentException">Names the property, its value and its bound.</exception>
    public void Validate()
    {
        if (Targets.Count == 0)
            throw new ArgumentException("Targets is empty; name at least one file or folder to back up.", nameof(Targets));
        if (Targets.Any(target => target.IsEmpty))
            throw new ArgumentException("Targets holds an empty path; name a file or folder.", nameof(Targets));
        if (!WorkingFolder.IsEmpty && !WorkingFolder.IsAbsolute)
            throw new ArgumentException($"WorkingFolder is '{WorkingFolder}'; it must be absolute.", nameof(WorkingFolder));
        if (ReadConcurrency is < 1 or > 64)
            throw new ArgumentException($"ReadConcurrency is {ReadConcurrency}; it must be between 1 and 64.", nameof(ReadConcurrency));
    }
}
