using BackupOnline.Client.Access;
using BackupOnline.Client.Answers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace BackupOnline.Client.Documents;

/// <summary><c>/openapi/v1.json</c>: the door described for programs, OpenAPI 3.1. A copy is committed as docs/openapi.json, and a test holds them equal.</summary>
internal static class ApiDocument
{
    private const string KeyScheme = "key";

    public static void AddApiDocument(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(ApiJson.Configure);
        builder.Services.AddSingleton<Lists>();
        builder.Services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddDocumentTransformer(DescribeAsync);
            options.AddOperationTransformer(SecureAsync);
            options.AddOperationTransformer(ApiHeaders.DescribeAsync);
            options.AddSchemaTransformer(ProblemSchema.DescribeAsync);
            options.AddSchemaTransformer(InstantSchema.DescribeAsync);
        });
    }

    public static void MapApiDocument(this WebApplication app) => app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new()
        {
            Title = "Backup OnLine",
            Version = "1",
            Description = "Off-site backup. docs/http-api.md tells the rules in words: keys and roles, idempotency, pages, errors.",
        };
        // Where it was asked from is no part of the contract.
        document.Servers = [];
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [KeyScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "bo_{scope}_{keyId}_{secret} for programs, boh_{tenant}_{host}_{secret} for agents.",
            },
        };
        return Task.CompletedTask;
    }

    private static Task SecureAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (!metadata.OfType<IAllowAnonymous>().Any() && metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy is { } policy)
        {
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(KeyScheme, context.Document)] = [] }];
            operation.Description = $"Who: {RolesOf(policy)}.";
        }
        return Task.CompletedTask;
    }

    private static string RolesOf(string policy) => policy switch
    {
        Policies.Operator => "operator",
        Policies.Manager => "manager of the customer, operator",
        Policies.Reader => "reader or manager of the customer, operator",
        Policies.ReaderOrHost => "reader, manager or host of the customer, operator",
        _ => "the host itself",
    };
}
