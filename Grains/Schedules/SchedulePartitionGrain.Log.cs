using BackupOnline.Grains.Interfaces.Names;
using Microsoft.Extensions.Logging;

namespace BackupOnline.Grains.Schedules;

internal sealed partial class SchedulePartitionGrain
{
    [LoggerMessage(1, LogLevel.Warning, "ScheduleLookFailed {Partition}: next try in {Pause}.")]
    private partial void LogLookFailed(Exception fault, SchedulePartitionKey partition, TimeSpan pause);

    [LoggerMessage(2, LogLevel.Warning, "FiringFailed {Schedule} {Attempt} {Ending} {Why}")]
    private partial void LogFiringFailed(string schedule, int attempt, string ending, string? why);

    [LoggerMessage(3, LogLevel.Warning, "OutcomesNotWritten {Partition} {Count}: next try in {Pause}.")]
    private partial void LogOutcomesNotWritten(Exception fault, SchedulePartitionKey partition, int count, TimeSpan pause);

    [LoggerMessage(4, LogLevel.Debug, "ReminderNotRegistered {Partition}")]
    private partial void LogReminderNotRegistered(Exception fault, SchedulePartitionKey partition);

    [LoggerMessage(5, LogLevel.Information, "FiringLate {Schedule} {DueAt} {StartedAt}")]
    private partial void LogFiringLate(string schedule, DateTimeOffset dueAt, DateTimeOffset startedAt);
}
