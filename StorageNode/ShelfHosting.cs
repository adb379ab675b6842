using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode;

/// <summary>How a process hosts the shelf: <c>services.AddShelf(...)</c>, <c>kestrel.ConfigureShelfKestrel()</c>, <c>app.MapShelf()</c>. The process supplies the IGrainFactory.</summary>
public static class ShelfHosting
{
    public static IServiceCollection AddShelf(this IServiceCollection services, IConfiguration configuration) =>
        services.AddShelf(options => configuration.GetSection(ShelfOptions.Section).Bind(options));

    public static IServiceCollection AddShelf(this IServiceCollection services, Action<ShelfOptions> configure)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<ShelfOptions>, ShelfOptionsValidator>();
        services.AddOptions<ShelfOptions>().Configure(configure).ValidateOnStart();
        return services;
    }

    /// <summary>Maps <c>/{tenant}/{vault}/</c> and everything below it. Other, literal routes of the process go first.</summary>
    public static IEndpointConventionBuilder MapShelf(this IEndpointRouteBuilder endpoints) =>
        endpoints.Map("/{tenant}/{vault}/{**rest}", context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
}
