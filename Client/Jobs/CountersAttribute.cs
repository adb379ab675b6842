using System.ComponentModel.DataAnnotations;
using BackupOnline.Grains.Interfaces.Jobs;

namespace BackupOnline.Client.Jobs;

/// <summary>Counts of files, bytes and errors are never negative.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CountersAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) =>
        value is null or JobProgress { FilesDone: >= 0, FilesTotal: >= 0, BytesDone: >= 0, BytesTotal: >= 0, BytesSent: >= 0, Errors: >= 0 };

    public override string FormatErrorMessage(string name) => "counts must be 0 or more.";
}
