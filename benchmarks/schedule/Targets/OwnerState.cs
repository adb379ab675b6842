using BackupOnline.Persistence.Storage;

namespace BackupOnline.Schedule.Targets;

[GenerateSerializer]
[Alias("bench.owner-state")]
public sealed class OwnerState : RecordedState
{
    [Id(0)]
    public int Count { get; set; }
}
