using Microsoft.Extensions.Options;

namespace BackupOnline.Grains.Schedules;

internal sealed class ScheduleOptionsValidator : IValidateOptions<ScheduleOptions>
{
    public ValidateOptionsResult Validate(string? name, ScheduleOptions options)
    {
        List<string> wrong =
        [
            .. Span(nameof(ScheduleOptions.LookEvery), options.LookEvery, 0.1, 60),
            .. Span(nameof(ScheduleOptions.Lease), options.Lease, 2, 3_600),
            .. Span(nameof(ScheduleOptions.AnswerWithin), options.AnswerWithin, 0.5, 60),
            .. Span(nameof(ScheduleOptions.WatchEvery), options.WatchEvery, 0.5, 60),
            .. Span(nameof(ScheduleOptions.BackOff), options.BackOff, 0.1, 3_600),
            .. Span(nameof(ScheduleOptions.MaxBackOff), options.MaxBackOff, 0.1, 86_400),
            .. Span(nameof(ScheduleOptions.LateAfter), options.LateAfter, 1, 86_400),
        ];
        if (options.InFlight is < 1 or > 500) wrong.Add($"ScheduleOptions.InFlight is {options.InFlight}; it must be from 1 to 500.");
        if (options.Lease <= options.AnswerWithin)
            wrong.Add($"ScheduleOptions.Lease ({options.Lease}) must be longer than AnswerWithin ({options.AnswerWithin}), or a slow target is fired twice at once.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static IEnumerable<string> Span(string property, TimeSpan value, double leastSeconds, double mostSeconds)
    {
        if (value.TotalSeconds < leastSeconds || value.TotalSeconds > mostSeconds)
            yield return FormattableString.Invariant($"ScheduleOptions.{property} is {value}; it must be from {leastSeconds} to {mostSeconds} seconds.");
    }
}
