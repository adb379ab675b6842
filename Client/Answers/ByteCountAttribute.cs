using System.ComponentModel.DataAnnotations;

namespace BackupOnline.Client.Answers;

/// <summary>A number of bytes, from 0 to 2^53 - 1 (8 PiB): the largest that every JSON reader takes exactly (RFC 8259, section 6).</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ByteCountAttribute() : RangeAttribute(typeof(long), "0", "9007199254740991")
{
    public override string FormatErrorMessage(string name) => "must be a number of bytes, 0 to 9007199254740991.";
}
