namespace BackupOnline.Engine.Mounting;

/// <summary>How a mounted repository looks.</summary>
public sealed record MountOptions
{
    /// <summary>
    /// Where snapshots stand, as with restic: <c>%i</c> short id, <c>%I</c> long id, <c>%u</c> user, <c>%h</c> host, <c>%t</c> each tag, <c>%T</c> time, <c>%%</c> a per cent sign.
    /// </summary>
    public IReadOnlyList<string> PathTemplates { get; init; } = ["ids/%i", "snapshots/%T", "hosts/%h/%T", "tags/%t/%T"];

    /// <summary>Whether every % is followed by a letter that means something.</summary>
    public static bool IsTemplate(string template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return template.Replace("%%", "", StringComparison.Ordinal).Split('%').Skip(1).All(part => part is [var letter, ..] && "iIuhtT".Contains(letter, StringComparison.Ordinal));
    }

    /// <summary>What <c>%T</c> looks like: a layout of Go's <c>time</c> package.</summary>
    public string TimeTemplate { get; init; } = GoTimeLayout.Rfc3339;

    /// <summary>Everything belongs to root, whoever owned it when it was saved.</summary>
    public bool OwnerIsRoot { get; init; }

    /// <summary>Owner of the folders that only the mount has.</summary>
    public (uint Uid, uint Gid) Owner { get; init; }

    /// <summary>New snapshots show up after this time at the latest.</summary>
    public TimeSpan RefreshAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Bytes of files that are kept, more or less.</summary>
    public long CacheBytes { get; init; } = 96L << 20;

    /// <summary>The clock that <see cref="RefreshAfter"/> goes by.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
