using Microsoft.Extensions.Options;

namespace BackupOnline.Grains.Audit;

internal sealed class LogSweepOptionsValidator : IValidateOptions<LogSweepOptions>
{
    public ValidateOptionsResult Validate(string? name, LogSweepOptions options) =>
        options.Every >= TimeSpan.FromMilliseconds(100) && options.Every <= TimeSpan.FromHours(1)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"LogSweepOptions.Every is {options.Every}; it must be from 0.1 seconds to 1 hour, or lost pokes wait too long.");
}
