using BackupOnline.Persistence.Storage;

namespace BackupOnline.Grains.Records;

/// <summary>Recorded state that also remembers the operations that made it.</summary>
internal abstract class RememberingState : RecordedState
{
    public OperationMemory Operations { get; set; } = new();
}
