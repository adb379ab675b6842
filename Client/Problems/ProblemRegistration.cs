namespace BackupOnline.Client.Problems;

internal static class ProblemRegistration
{
    public static void AddProblems(this WebApplicationBuilder builder)
    {
        // Before AddProblemDetails: the first writer that can, writes.
        builder.Services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ExceptionProblems>();
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
    }
}
