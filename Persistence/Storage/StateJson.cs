using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace BackupOnline.Persistence.Storage;

/// <summary>The JSON form of grain state: fields too, private and init setters too, collections without a setter filled in place, enums as words.</summary>
internal static class StateJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            IncludeFields = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { OpenSetters } },
        };
        options.Converters.Add(new JsonStringEnumConverter());
        options.MakeReadOnly();
        return options;
    }

    private static void OpenSetters(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        foreach (var property in type.Properties)
        {
            if (property.Set is not null || property.AttributeProvider is not PropertyInfo info)
                continue;
            if (info.GetSetMethod(nonPublic: true) is not null)
                property.Set = info.SetValue;
            else if (IsFillable(info.PropertyType))
                property.ObjectCreationHandling = JsonObjectCreationHandling.Populate;
        }
    }

    private static bool IsFillable(Type type) =>
        !type.IsValueType && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICollection<>))
        && type.Namespace != "System.Collections.Immutable" && !type.IsArray;
}
