using BackupOnline.Grains.Interfaces.Names;
using Microsoft.Extensions.Logging;

namespace BackupOnline.Grains.Hosts;

internal sealed partial class HostGrain
{
    [LoggerMessage(1, LogLevel.Information, "HostEnrolled {Host}")]
    private partial void LogHostEnrolled(HostKey host);
}
