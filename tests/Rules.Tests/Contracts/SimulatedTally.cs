namespace BackupOnline.Rules.Tests.Contracts;

/// <summary>What happened in one simulated life.</summary>
internal sealed record SimulatedTally
{
    public int Days { get; set; }

    public int Renewals { get; set; }

    /// <summary>Renewals at a boundary whose day is not the anchor's.</summary>
    public int Clamped { get; set; }

    /// <summary>Renewals with a boundary on 29 February.</summary>
    public int LeapEnds { get; set; }

    public int Credits { get; set; }

    public int Corrections { get; set; }

    public int PolicyChanges { get; set; }

    public int PriceChanges { get; set; }

    public int Erasures { get; set; }

    public int FreeTerminations { get; set; }

    public int Abuses { get; set; }

    /// <summary>Payments for a contract that was over.</summary>
    public int TurnedAway { get; set; }

    public int Plans { get; set; }

    public int FrozenDays { get; set; }

    public int ElapsedOnly { get; set; }
}
