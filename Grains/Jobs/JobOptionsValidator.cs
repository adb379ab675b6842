using Microsoft.Extensions.Options;

namespace BackupOnline.Grains.Jobs;

internal sealed class JobOptionsValidator : IValidateOptions<JobOptions>
{
    public ValidateOptionsResult Validate(string? name, JobOptions options)
    {
        List<string> wrong =
        [
            .. Span(nameof(JobOptions.Lease), options.Lease, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            .. Span(nameof(JobOptions.Deadline), options.Deadline, TimeSpan.FromSeconds(1), TimeSpan.FromDays(30)),
            .. Span(nameof(JobOptions.ProgressWrittenEvery), options.ProgressWrittenEvery, TimeSpan.Zero, TimeSpan.FromMinutes(1)),
        ];
        if (options.MaxAttempts is < 1 or > 100) wrong.Add($"JobOptions.MaxAttempts is {options.MaxAttempts}; it must be from 1 to 100.");
        if (options.ProgressWrittenEvery >= options.Lease)
        {
            wrong.Add($"JobOptions.ProgressWrittenEvery ({options.ProgressWrittenEvery}) must be shorter than Lease ({options.Lease}), or a lease is lost with its silo.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static IEnumerable<string> Span(string property, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most) yield return $"JobOptions.{property} is {value}; it must be from {least} to {most}.";
    }
}
