namespace BackupOnline.Grains.Interfaces.Jobs;

/// <summary>The screen of a boot test.</summary>
[GenerateSerializer, Immutable, Alias("bo.job.picture")]
public sealed record BootPicture
{
    /// <summary>PNG.</summary>
    [Id(0)] public required byte[] Png { get; init; }
}
