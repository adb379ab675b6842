using System.ComponentModel.DataAnnotations;

namespace BackupOnline.Client.Contracts;

/// <summary>An amount in hundredths of a currency. Never a fraction: money is counted, not measured.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CentsAttribute() : RangeAttribute(typeof(long), "1", "100000000000")
{
    public override string FormatErrorMessage(string name) => "must be a whole number of hundredths, 1 to 100000000000.";
}
