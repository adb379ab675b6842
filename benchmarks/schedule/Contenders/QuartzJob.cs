using System.Diagnostics.CodeAnalysis;
using BackupOnline.Schedule.Targets;
using Quartz;

namespace BackupOnline.Schedule.Contenders;

/// <summary>Calls the grain of its trigger, as our partition does.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Made by Quartz.")]
internal sealed class QuartzJob : IJob
{
    public static IGrainFactory? Grains { get; set; }

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await Target.FireAsync(Grains!, context.Trigger.Key.Name, context.ScheduledFireTimeUtc!.Value, cancellationToken);
}
