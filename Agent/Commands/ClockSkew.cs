using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Commands;

/// <summary>A clock that is wrong gives snapshots wrong times: said, never corrected.</summary>
internal static class ClockSkew
{
    public static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(5);

    /// <param name="screen">Where to warn.</param>
    /// <param name="server">The server's clock just now; null when it is not known.</param>
    public static void Warn(Screen screen, DateTimeOffset? server)
    {
        if (server is { } theirs)
            Warn(screen, theirs - screen.Surroundings.Time.GetUtcNow());
    }

    /// <param name="screen">Where to warn.</param>
    /// <param name="offset">The server's clock minus ours.</param>
    public static void Warn(Screen screen, TimeSpan? offset)
    {
        if (offset is { } skew && skew.Duration() > Tolerated)
            screen.Warn(CommandSentences.ClockSkew, Quantity.Duration(skew.Duration()), skew < TimeSpan.Zero ? CommandSentences.Ahead : CommandSentences.Behind);
    }
}
