using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace BackupOnline.Client.Documents;

/// <summary>Instants are texts: the framework cannot tell, since they are read by a converter of ours.</summary>
internal static class InstantSchema
{
    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(DateTimeOffset))
            schema.Type = JsonSchemaType.String;
        else if (type == typeof(DateTimeOffset?))
            schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
        return Task.CompletedTask;
    }
}
