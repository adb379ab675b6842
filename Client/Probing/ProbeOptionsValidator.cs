using BackupOnline.Grains.Interfaces.Names;
using Microsoft.Extensions.Options;

namespace BackupOnline.Client.Probing;

internal sealed class ProbeOptionsValidator : IValidateOptions<ProbeOptions>
{
    public ValidateOptionsResult Validate(string? name, ProbeOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(ProbeOptions o)
    {
        if (!NameRule.IsWellFormed(o.Name))
            yield return $"ProbeOptions.Name '{o.Name}' is not a name. {NameRule.Advice}";
        if (o.Period < TimeSpan.FromSeconds(5) || o.Period > TimeSpan.FromMinutes(1) || TimeSpan.FromMinutes(1).Ticks % o.Period.Ticks != 0)
            yield return $"ProbeOptions.Period is {o.Period}; it must be from 5 seconds to 1 minute and divide a minute, or a minute could go by without a probe.";
        if (o.Timeout < TimeSpan.FromSeconds(1) || o.Timeout > TimeSpan.FromSeconds(20))
            yield return $"ProbeOptions.Timeout is {o.Timeout}; it must be from 1 to 20 seconds.";
        if (o.MostAtOnce is < 1 or > 4096)
            yield return $"ProbeOptions.MostAtOnce is {o.MostAtOnce}; it must be from 1 to 4096.";
        if (o.MostPerNode is < 1 or > 1024)
            yield return $"ProbeOptions.MostPerNode is {o.MostPerNode}; it must be from 1 to 1024.";
        if (o.MostWaiting is < 1000 or > 10_000_000)
            yield return $"ProbeOptions.MostWaiting is {o.MostWaiting}; it must be from 1000 to 10000000.";
    }
}
