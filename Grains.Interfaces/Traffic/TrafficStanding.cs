namespace BackupOnline.Grains.Interfaces.Traffic;

/// <summary>How a tenant may burst in a month.</summary>
[GenerateSerializer, Alias("bo.traffic.standing")]
public enum TrafficStanding
{
    /// <summary>The burst at any time.</summary>
    Free = 0,

    /// <summary>The burst for the credits less a reserve; outside them the quiet ceiling.</summary>
    Conformity = 1,
}
