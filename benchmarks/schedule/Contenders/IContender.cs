namespace BackupOnline.Schedule.Contenders;

/// <summary>A scheduler with its table of other schedules, ready for crowds.</summary>
internal interface IContender
{
    string Name { get; }

    /// <summary>What was set, and what was left as it comes.</summary>
    string Settings { get; }

    IReadOnlyList<Making> Making { get; }

    /// <summary>Makes that many daily schedules due at one instant some seconds from now, waits until the last outcome is in the database, and takes them away again.</summary>
    Task<CrowdResult> RunAsync(int crowd);
}
