using Microsoft.Extensions.Options;
using NodaTime;

namespace BackupOnline.Grains.Availability;

internal sealed class AvailabilityOptionsValidator : IValidateOptions<AvailabilityOptions>
{
    public ValidateOptionsResult Validate(string? name, AvailabilityOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(AvailabilityOptions o)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(o.TimeZone) is null)
            yield return $"AvailabilityOptions.TimeZone is '{o.TimeZone}'; it must be a zone of the IANA database, for example Europe/Paris.";
        if (o.JudgeAfter < TimeSpan.Zero || o.JudgeAfter > TimeSpan.FromHours(1))
            yield return $"AvailabilityOptions.JudgeAfter is {o.JudgeAfter}; it must be from 0 to 1 hour, or nobody sees an outage.";
        if (o.SealAfter < o.JudgeAfter || o.SealAfter > TimeSpan.FromDays(7))
            yield return $"AvailabilityOptions.SealAfter is {o.SealAfter}; it must be from JudgeAfter ({o.JudgeAfter}) to 7 days: a month is sealed when its last minute is judged.";
        if (o.OldestResult < TimeSpan.FromMinutes(10) || o.OldestResult > TimeSpan.FromDays(31))
            yield return $"AvailabilityOptions.OldestResult is {o.OldestResult}; it must be from 10 minutes to 31 days.";
        if (o.AlarmMinutes is < 1 or > 60)
            yield return $"AvailabilityOptions.AlarmMinutes is {o.AlarmMinutes}; it must be from 1 to 60.";
    }
}
