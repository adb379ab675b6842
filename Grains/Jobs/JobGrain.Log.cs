using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Rules.Jobs;
using Microsoft.Extensions.Logging;

namespace BackupOnline.Grains.Jobs;

internal sealed partial class JobGrain
{
    [LoggerMessage(1, LogLevel.Information, "JobInterrupted {Job} {Attempt}: no report within the lease.")]
    private partial void LogJobInterrupted(JobKey job, int attempt);

    [LoggerMessage(2, LogLevel.Information, "JobEnded {Job} {Standing} {Cause}")]
    private partial void LogJobEnded(JobKey job, JobStanding standing, JobCause cause);

    [LoggerMessage(3, LogLevel.Warning, "TellingFailed {Job}: its host is told again within a minute.")]
    private partial void LogTellingFailed(Exception fault, JobKey job);
}
