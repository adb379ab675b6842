using BackupOnline.Client.Problems;

namespace BackupOnline.Client.Access;

/// <summary>Stands before what an agent does as its host: another host of the same tenant is as unknown as one that does not exist.</summary>
internal sealed class HostGate : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        Visitor.Of(context.HttpContext).Host == (string?)context.HttpContext.Request.RouteValues["host"] ? await next(context) : Problem.Unknown("host");
}
