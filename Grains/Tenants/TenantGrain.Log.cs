using BackupOnline.Grains.Interfaces.Names;
using Microsoft.Extensions.Logging;

namespace BackupOnline.Grains.Tenants;

internal sealed partial class TenantGrain
{
    [LoggerMessage(1, LogLevel.Warning, "VerdictPushFailed {Tenant} {Vault}: its shelf learns of the change when its cache ends.")]
    private partial void LogPushFailed(Exception fault, TenantKey tenant, string vault);
}
