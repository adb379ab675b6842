using BackupOnline.Grains.Interfaces.Names;
using Microsoft.Extensions.Logging;

namespace BackupOnline.Grains.VirtualMachines;

internal sealed partial class VirtualMachineGrain
{
    [LoggerMessage(1, LogLevel.Information, "RunOpened {Vm} {Day} {Job} {Reason}")]
    private partial void LogRunOpened(VmKey vm, string day, string job, string reason);

    [LoggerMessage(2, LogLevel.Information, "PointMade {Vm} {Day} {Snapshot}")]
    private partial void LogPointMade(VmKey vm, string day, string snapshot);

    [LoggerMessage(3, LogLevel.Warning, "DayLost {Vm} {Day} {Cause}")]
    private partial void LogDayLost(VmKey vm, string day, string? cause);
}
