namespace BackupOnline.Grains.Interfaces.Availability;

/// <summary>How one probe of one vault ended (design decision 22). Everything but the first two is a failure.</summary>
[GenerateSerializer, Alias("bo.availability.outcome")]
public enum ProbeOutcome
{
    /// <summary>Written, read back, the same bytes, deleted.</summary>
    Good = 0,

    /// <summary>The shelf says that the tenant is suspended: this minute says nothing about the service.</summary>
    Suspended = 1,

    /// <summary>No connection: nobody listens, no route, no such name, or the connection broke.</summary>
    Connect = 2,

    /// <summary>Connected, but no TLS session: a bad or expired certificate.</summary>
    Tls = 3,

    /// <summary>The shelf answered with a status that is not success.</summary>
    Status = 4,

    /// <summary>The shelf's disk is full.</summary>
    DiskFull = 5,

    /// <summary>What was read is not what was written.</summary>
    WrongBytes = 6,

    /// <summary>Not done within the prober's time.</summary>
    Timeout = 7,

    /// <summary>The service would not let its own prober in.</summary>
    Credential = 8,
}
