using BackupOnline.Grains.Interfaces.BackupSets;
using BackupOnline.Grains.Records;
using BackupOnline.Persistence.Storage;
using BackupOnline.Rules.BackupSets;
using NodaTime;

namespace BackupOnline.Grains.BackupSets;

internal sealed class BackupSetState : RememberingState
{
    public string Tenant { get; set; } = "";

    public string Name { get; set; } = "";

    public string Vault { get; set; } = "";

    public string? Host { get; set; }

    public TimeSpan ExpectedEvery { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? LastSnapshotAt { get; set; }

    public string? LastSnapshot { get; set; }

    /// <summary>The instant after which the expected snapshot was overdue; null while the set is fresh or waits. One fact tells of each lapse.</summary>
    public DateTimeOffset? OverdueSince { get; set; }

    /// <summary>The first instant at which the set is late, unless a snapshot arrives: exactly the rhythm is still in time, and the database keeps microseconds.</summary>
    public DateTimeOffset LateAt => (LastSnapshotAt ?? CreatedAt) + ExpectedEvery + TimeSpan.FromMicroseconds(1);

    /// <summary>When the state was last changed: a listing shows the freshness of that moment.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    public BackupSetView ToView(long version, DateTimeOffset now) => new()
    {
        Tenant = Tenant,
        Name = Name,
        Vault = Vault,
        Host = Host,
        ExpectedEvery = ExpectedEvery,
        CreatedAt = CreatedAt,
        LastSnapshotAt = LastSnapshotAt,
        LastSnapshot = LastSnapshot,
        Freshness = FreshnessAt(CreatedAt, LastSnapshotAt, ExpectedEvery, now),
        Version = version,
    };

    public static Freshness FreshnessAt(DateTimeOffset createdAt, DateTimeOffset? lastSnapshotAt, TimeSpan expectedEvery, DateTimeOffset now)
    {
        var lastArrival = lastSnapshotAt is { } at ? Instant.FromDateTimeOffset(at) : (Instant?)null;
        return FreshnessRule.Judge(
            Instant.FromDateTimeOffset(createdAt), lastArrival, Duration.FromTimeSpan(expectedEvery), Instant.FromDateTimeOffset(now)) switch
        {
            SetFreshness.Waiting => Freshness.Waiting,
            SetFreshness.Fresh => Freshness.Fresh,
            _ => Freshness.Late,
        };
    }

    public override ListingRow ToListing(long version) =>
        new() { Kind = ListingKind.BackupSet, Scope = Tenant, Name = Name, View = ListingJson.Write(ToView(version, ChangedAt)) };
}
