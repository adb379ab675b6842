using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace BackupOnline.Client.VirtualMachines;

/// <summary>At most 64 ids of 1 to 200 characters.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DiskIdsAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) =>
        value is ImmutableArray<string> { IsDefault: false, Length: <= 64 } ids && ids.All(id => id is { Length: >= 1 and <= 200 } && !id.Any(char.IsControl));

    public override string FormatErrorMessage(string name) => "must be a list of at most 64 ids of 1 to 200 characters.";
}
