using BackupOnline.Schedule.Targets;

namespace BackupOnline.Schedule.Contenders;

/// <summary>Calls the grain of its schedule, as our partition does. Public, since Hangfire calls nothing else.</summary>
public static class HangfireJob
{
    internal static IGrainFactory? Grains { get; set; }

    /// <param name="schedule">The schedule's name.</param>
    /// <param name="dueSecond">Its due instant, in seconds since 1970.</param>
    public static Task FireAsync(string schedule, long dueSecond) => Target.FireAsync(Grains!, schedule, DateTimeOffset.FromUnixTimeSeconds(dueSecond), CancellationToken.None);
}
