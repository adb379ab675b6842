using BackupOnline.Grains.Interfaces.Names;
using Microsoft.Extensions.Logging;

namespace BackupOnline.Grains.Access;

internal sealed partial class KeyringGrain
{
    [LoggerMessage(1, LogLevel.Information, "KeyRevoked {Keyring} {KeyId}")]
    private partial void LogKeyRevoked(KeyringKey keyring, string keyId);
}
