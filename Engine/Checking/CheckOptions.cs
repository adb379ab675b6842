using System.Security.Cryptography;

namespace BackupOnline.Engine.Checking;

/// <summary>How deep a check looks.</summary>
public sealed class CheckOptions
{
    /// <summary>Also read every pack whole: its hash, its header, every blob. Otherwise only the structure is checked.</summary>
    public bool ReadData { get; init; }

    /// <summary>With <see cref="ReadData"/>: only these packs; null: all.</summary>
    public PackSubset? Subset { get; init; }

    /// <summary>Where the choice of packs by chance comes from.</summary>
    public Func<int, int> Dice { get; init; } = RandomNumberGenerator.GetInt32;

    /// <summary>Packs or trees read at the same time; a pack is held in memory while it is read. 1 to 16, default 2.</summary>
    public int ReadConcurrency { get; init; } = 2;

    /// <summary>Told of each finding as it comes, from any thread; null: nobody.</summary>
    public Action<CheckFinding>? OnFinding { get; init; }

    /// <exception cref="ArgumentException">Names the property, its value and its bound.</exception>
    public void Validate()
    {
        if (ReadConcurrency is < 1 or > 16)
            throw new ArgumentException($"ReadConcurrency is {ReadConcurrency}; it must be between 1 and 16.", nameof(ReadConcurrency));
    }
}
