using BackupOnline.Grains.Interfaces.Names;
using Microsoft.Extensions.Logging;

namespace BackupOnline.Grains.BackupSets;

internal sealed partial class BackupSetGrain
{
    [LoggerMessage(1, LogLevel.Debug, "SnapshotSeen {Set} {Snapshot}")]
    private partial void LogSnapshotSeen(BackupSetKey set, string snapshot);
}
