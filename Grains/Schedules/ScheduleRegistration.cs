using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BackupOnline.Grains.Schedules;

/// <summary>What the schedules need of their silo.</summary>
internal static class ScheduleRegistration
{
    public static void AddSchedules(this IServiceCollection services)
    {
        services.AddOptions<ScheduleOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<ScheduleOptions>, ScheduleOptionsValidator>();
        services.AddSingleton<SchedulePokes>();
        services.AddHostedService<ScheduleWatch>();
    }
}
