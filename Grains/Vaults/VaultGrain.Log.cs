using BackupOnline.Grains.Interfaces.Names;
using Microsoft.Extensions.Logging;

namespace BackupOnline.Grains.Vaults;

internal sealed partial class VaultGrain
{
    [LoggerMessage(1, LogLevel.Warning, "TellingFailed {Vault} {Snapshot}: it is told again.")]
    private partial void LogTellingFailed(Exception fault, VaultKey vault, string snapshot);

    [LoggerMessage(2, LogLevel.Warning, "StorageNotAsked {Vault} {Node}: it is asked again.")]
    private partial void LogStorageNotAsked(Exception? fault, VaultKey vault, string node);
}
