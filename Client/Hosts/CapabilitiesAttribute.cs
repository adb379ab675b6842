using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace BackupOnline.Client.Hosts;

/// <summary>At most 20 texts of 1 to 100 characters.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CapabilitiesAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) =>
        value is ImmutableArray<string> { IsDefault: false, Length: <= 20 } texts && texts.All(text => text is { Length: >= 1 and <= 100 } && !text.Any(char.IsControl));

    public override string FormatErrorMessage(string name) => "must be a list of at most 20 texts of 1 to 100 characters.";
}
