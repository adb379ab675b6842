using BackupOnline.Grains.Interfaces.Names;
using Microsoft.Extensions.Logging;

namespace BackupOnline.Grains.Availability;

internal sealed partial class AvailabilityGrain
{
    [LoggerMessage(1, LogLevel.Warning, "VaultDown {Tenant} {Vault}: {Outcome}, {Detail}.")]
    private partial void LogDown(AvailabilityKey tenant, string vault, string outcome, string? detail);

    [LoggerMessage(2, LogLevel.Information, "VaultUp {Tenant} {Vault}.")]
    private partial void LogUp(AvailabilityKey tenant, string vault);

    [LoggerMessage(3, LogLevel.Error, "MonthNotSealed {Tenant} {Month}: the contract refuses it with {Code}; look at both.")]
    private partial void LogNotSealed(AvailabilityKey tenant, string month, string code);
}
