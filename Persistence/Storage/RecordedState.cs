using System.Text.Json.Serialization;

namespace BackupOnline.Persistence.Storage;

/// <summary>
/// State of a grain whose facts are rows: our grain storage writes the versioned state, the facts for the log, the arrivals, the
/// schedules and the listing in one transaction, fenced by the version (design decisions 7 and 7a). After a failed write the grain is deactivated, and what was
/// pending goes with it.
/// </summary>
public abstract class RecordedState
{
    /// <summary>Facts that the next write tells the log of; emptied by it.</summary>
    [JsonIgnore]
    public List<FactRow> Facts { get; } = [];

    /// <summary>Snapshot arrivals that the next write records; emptied by it.</summary>
    [JsonIgnore]
    public List<ArrivalRow> Arrivals { get; } = [];

    /// <summary>Schedules that the next write makes, changes or takes away (design decision 23); emptied by it.</summary>
    [JsonIgnore]
    public List<ScheduleRow> Schedules { get; } = [];

    /// <summary>How lists and reports show this state once it has <paramref name="version"/>; null when it is not listed.</summary>
    public virtual ListingRow? ToListing(long version) => null;
}
