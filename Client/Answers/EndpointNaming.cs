namespace BackupOnline.Client.Answers;

internal static class EndpointNaming
{
    /// <summary>Operation id and summary, as /openapi/v1.json shows them.</summary>
    public static RouteHandlerBuilder Named(this RouteHandlerBuilder endpoint, string operation, string summary) =>
        endpoint.WithName(operation).WithSummary(summary);
}
