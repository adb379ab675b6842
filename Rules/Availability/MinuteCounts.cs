namespace BackupOnline.Rules.Availability;

/// <summary>Minutes by what they were. Every judged minute is in exactly one of the first six.</summary>
/// <param name="Ours">Down, and the provider answers; those without a result included.</param>
/// <param name="Unprobed">Of these, without any result.</param>
public sealed record MinuteCounts(int Up, int Ours, int Customer, int Internet, int ForceMajeure, int NotCounted, int Unprobed)
{
    /// <summary>Down, and somebody else answers.</summary>
    public int Excused => Customer + Internet + ForceMajeure;

    /// <summary>Up and down, whoever answers.</summary>
    public int Counted => Up + Ours + Excused;
}
