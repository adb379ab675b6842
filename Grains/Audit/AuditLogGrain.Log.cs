using BackupOnline.Grains.Interfaces.Names;
using Microsoft.Extensions.Logging;

namespace BackupOnline.Grains.Audit;

internal sealed partial class AuditLogGrain
{
    [LoggerMessage(1, LogLevel.Information, "LogHeadMoved {Log}: another activation was faster; reading the head again.")]
    private partial void LogHeadMoved(Exception conflict, LogKey log);

    [LoggerMessage(2, LogLevel.Warning, "LogDrainFailed {Log}: the sweep tries again.")]
    private partial void LogDrainFailed(Exception fault, LogKey log);
}
