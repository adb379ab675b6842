namespace BackupOnline.Fleet;

/// <summary>One fleet to be simulated over the same demand.</summary>
/// <param name="Spread">Start times laid over 20 hours, or all at 22:00.</param>
public sealed record Variant(string Name, Way Way, bool Spread)
{
    public static IReadOnlyList<Variant> All { get; } =
    [
        new("naive, all at 22:00", Way.AtOnce, false),
        new("naive, spread over 20 h", Way.AtOnce, true),
        new("literal ladder, spread", Way.LiteralLadder, true),
        new("hard limit of 5 Mbit/s, spread", Way.HardLimit, true),
        new("paced, all at 22:00", Way.Paced, false),
        new("paced, spread over 20 h", Way.Paced, true),
    ];
}
