namespace BackupOnline.Rules.Availability;

/// <summary>Minutes without service, by who answers for them. No minute counts twice.</summary>
public sealed record MinutesPerCause(long Ours, long Customer, long Internet, long ForceMajeure)
{
    public long Total => Ours + Customer + Internet + ForceMajeure;
}
