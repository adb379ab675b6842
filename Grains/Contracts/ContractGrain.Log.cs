using BackupOnline.Grains.Interfaces.Names;
using Microsoft.Extensions.Logging;

namespace BackupOnline.Grains.Contracts;

internal sealed partial class ContractGrain
{
    [LoggerMessage(1, LogLevel.Warning, "TenantNotTold {Contract}: its service follows the contract when the schedule tries again.")]
    private partial void LogTellingFailed(Exception fault, ContractKey contract);
}
