using Microsoft.Extensions.Options;
using NodaTime;

namespace BackupOnline.Grains.Contracts;

internal sealed class ContractOptionsValidator : IValidateOptions<ContractOptions>
{
    public ValidateOptionsResult Validate(string? name, ContractOptions options)
    {
        List<string> wrong = [];
        if (options.Version.Length is < 1 or > 40) wrong.Add("ContractOptions.Version must have 1 to 40 characters: views and the log show it.");
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(options.TimeZone) is null)
        {
            wrong.Add($"ContractOptions.TimeZone is '{options.TimeZone}'; it must be an IANA zone, such as Europe/Paris.");
        }

        if (options.TriggerPercent is < 1 or > 99) wrong.Add($"ContractOptions.TriggerPercent is {options.TriggerPercent}; it must be from 1 to 99.");
        if (options.NoticeLeadDays is < 0 or > 60) wrong.Add($"ContractOptions.NoticeLeadDays is {options.NoticeLeadDays}; it must be from 0 to 60, or the notice would be due before it is valid.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
