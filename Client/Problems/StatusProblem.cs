namespace BackupOnline.Client.Problems;

/// <summary>Code and advice for statuses that the framework sets by itself.</summary>
internal static class StatusProblem
{
    public static (string Code, string Detail) Of(int status) => status switch
    {
        400 => ("request-invalid", "The request could not be read. Compare it with /openapi/v1.json."),
        401 => ("unauthenticated", "Send a good key: 'Authorization: Bearer bo_...' for programs, 'Authorization: Bearer boh_...' for agents."),
        403 => ("forbidden", "This key's role may not do this. Use a key with another role; /openapi/v1.json says which."),
        404 => ("not-found", "There is nothing at this path. /openapi/v1.json lists what there is."),
        405 => ("method-not-allowed", "This path does not take this method. /openapi/v1.json lists what it takes."),
        408 => ("request-timeout", "The request took too long to arrive. Send it again."),
        413 => ("body-too-large", "A request body may hold at most 64 KiB."),
        415 => ("unsupported-media-type", "Send the body as JSON, with 'Content-Type: application/json'."),
        431 => ("headers-too-large", "The request's headers are too large. Send fewer or shorter ones."),
        _ when status >= 500 => ("internal-error", "The door failed at this request; it is in the provider's log under this traceId. Try again later."),
        _ => ("request-refused", "The request was refused. Compare it with /openapi/v1.json."),
    };
}
