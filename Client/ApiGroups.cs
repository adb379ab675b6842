using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;

namespace BackupOnline.Client;

/// <summary>The route groups that all resources hang on, with what stands before every endpoint.</summary>
internal sealed record ApiGroups(RouteGroupBuilder Root, RouteGroupBuilder Tenant)
{
    public static ApiGroups Map(IEndpointRouteBuilder routes)
    {
        var root = routes.MapGroup("/api/v1");
        root.AddEndpointFilter(CallerOf.RefuseBadKeysAsync);
        root.AddEndpointFilter(CheckedBody.CheckAsync);
        foreach (var status in (ReadOnlySpan<int>)[400, 401, 403, 404, 429, 500, 503])
            root.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Microsoft.AspNetCore.Mvc.ProblemDetails), ["application/problem+json"]));
        var gate = routes.ServiceProvider.GetRequiredService<TenantGate>();
        var tenant = root.MapGroup("/tenants/{tenant}");
        tenant.AddEndpointFilter(gate.InvokeAsync);
        return new(root, tenant);
    }
}
