using BackupOnline.Client.Answers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace BackupOnline.Client.Documents;

/// <summary>Describes what hangs on the method alone: headers of commands, and the refusals that come with them.</summary>
internal static class ApiHeaders
{
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        operation.Responses ??= [];
        switch (context.Description.HttpMethod)
        {
            case "POST":
                Add(operation, CallerOf.IdempotencyKey, required: false, "1 to 100 printable ASCII characters. The same key with the same body is answered as the first time.");
                Refuses(operation, 409, 413, 415);
                break;
            case "PUT":
                Add(operation, "If-Match", required: true, "The ETag of what was read, or * to overwrite whatever is there.");
                Refuses(operation, 409, 412, 413, 415, 428);
                break;
            case "DELETE":
                Refuses(operation, 409);
                break;
        }
        return Task.CompletedTask;
    }

    private static void Add(OpenApiOperation operation, string name, bool required, string description)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Header,
            Required = required,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
    }

    // As the common refusals are described: 400 stands on every operation.
    private static void Refuses(OpenApiOperation operation, params ReadOnlySpan<int> statuses)
    {
        if (operation.Responses is not { } responses || !responses.TryGetValue("400", out var common))
            return;
        foreach (var status in statuses)
        {
            responses[status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
                Content = common.Content,
            };
        }
    }
}
