using BackupOnline.Client.Hosts;

namespace BackupOnline.Client.Jobs;

internal static class JobRegistration
{
    public static void AddJobs(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<JobFinder>().AddSingleton<JobHints>().AddSingleton<JobEvents>().AddSingleton<EventStreamBudget>().AddSingleton<EventWriter>().AddSingleton<HostWorkEvents>();
}
