namespace BackupOnline.Agent.Profiles;

/// <summary>One profile of the file, its inheritance resolved.</summary>
internal sealed record Profile
{
    public required string Name { get; init; }

    /// <summary>Flags for every verb, as they would stand on the command line.</summary>
    public required IReadOnlyList<ProfileFlag> Flags { get; init; }

    /// <summary>Flags by verb.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<ProfileFlag>> Verbs { get; init; }

    /// <summary>What backup takes: files and folders.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    public required ProfileHooks Hooks { get; init; }

    public required ProfilePings Pings { get; init; }
}
