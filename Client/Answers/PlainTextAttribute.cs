using System.ComponentModel.DataAnnotations;

namespace BackupOnline.Client.Answers;

/// <summary>A text for people: bounded, and without control characters, which could forge lines in logs and terminals.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PlainTextAttribute : StringLengthAttribute
{
    public PlainTextAttribute(int least, int most)
        : base(most) => MinimumLength = least;

    public override bool IsValid(object? value) =>
        value is null || (base.IsValid(value) && (string)value is var text && !text.Any(char.IsControl) && text.Trim().Length >= MinimumLength);

    public override string FormatErrorMessage(string name) => $"must have {MinimumLength} to {MaximumLength} characters, and no control characters.";
}
