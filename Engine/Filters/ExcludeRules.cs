namespace BackupOnline.Engine.Filters;

/// <summary>What a backup leaves out. An item is left out when any rule says so; what lies below a folder that is left out is not looked at.</summary>
public sealed record ExcludeRules
{
    /// <summary>Leaves out nothing.</summary>
    public static ExcludeRules None { get; } = new();

    /// <summary>Patterns against the absolute path.</summary>
    public PatternList Patterns { get; init; } = PatternList.Empty;

    /// <summary>Patterns against the absolute path, upper and lower case alike.</summary>
    public PatternList CaseInsensitivePatterns { get; init; } = PatternList.Empty;

    /// <summary>Leave out the content of folders that hold one of these files; the folder and the file itself stay.</summary>
    public IReadOnlyList<FolderTag> IfPresent { get; init; } = [];

    /// <summary>Leave out files of more bytes than this; null: no limit.</summary>
    public long? LargerThanBytes { get; init; }
}
