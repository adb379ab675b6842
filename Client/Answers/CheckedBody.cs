using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using BackupOnline.Client.Problems;

namespace BackupOnline.Client.Answers;

/// <summary>Marks a request record whose annotations are checked before its handler runs.</summary>
internal abstract record CheckedBody
{
    public static async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
            if (argument is CheckedBody body && body.Faults() is { Count: > 0 } faults)
                return Problem.Invalid(faults);
        return await next(context);
    }

    internal IReadOnlyList<FieldFault> Faults()
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true);
        return [.. results.Select(result => new FieldFault(
            JsonNamingPolicy.CamelCase.ConvertName(result.MemberNames.FirstOrDefault() ?? "body"),
            result.ErrorMessage ?? "is not of the wanted form."))];
    }
}
