namespace BackupOnline.Rules.Traffic;

/// <summary>What a gap of the meter means.</summary>
public enum MissingSamples
{
    /// <summary>0 bytes, in the customer's favour. The default.</summary>
    Zero = 0,

    /// <summary>Slots of a recorded gap leave the month, with what was reported in them.</summary>
    Drop = 1,
}
