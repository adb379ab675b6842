using System.ComponentModel.DataAnnotations;
using BackupOnline.Grains.Interfaces.Names;

namespace BackupOnline.Client.Answers;

/// <summary>A name by <see cref="NameRule"/>; a null one is left to <c>required</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NameAttribute() : RegularExpressionAttribute("^[a-z0-9][a-z0-9-]{1,39}$")
{
    public override bool IsValid(object? value) => value is null || NameRule.IsWellFormed(value as string);

    public override string FormatErrorMessage(string name) => NameRule.Advice;
}
