namespace BackupOnline.Rules.Availability;

/// <summary>A minute's kind and, where it is down, who answers for it.</summary>
public readonly record struct MinuteVerdict(MinuteKind Kind, OutageCause Cause)
{
    public bool IsDown => Kind is MinuteKind.Failed or MinuteKind.Unprobed;
}
