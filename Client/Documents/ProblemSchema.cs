using BackupOnline.Client.Problems;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace BackupOnline.Client.Documents;

/// <summary>Describes what every problem of the door holds beside the members of RFC 9457.</summary>
internal static class ProblemSchema
{
    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        if (context.JsonTypeInfo.Type != typeof(ProblemDetails))
            return Task.CompletedTask;
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
        schema.Properties[Problem.CodeMember] = Text("Stable, kebab-case: for programs.");
        schema.Properties[Problem.TraceMember] = Text("Under which the provider finds this request in its logs.");
        schema.Properties[Problem.RetryAfterMember] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "Seconds; with 429 and 503, as Retry-After." };
        schema.Properties[Problem.ErrorsMember] = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Description = "With request-invalid: what is wrong, member by member.",
            Items = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = new Dictionary<string, IOpenApiSchema> { ["field"] = Text("The member's JSON name."), ["detail"] = Text("What it must be.") },
            },
        };
        schema.Required = new SortedSet<string>(StringComparer.Ordinal) { Problem.CodeMember, "detail", "status", "title", Problem.TraceMember };
        return Task.CompletedTask;
    }

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
