namespace BackupOnline.Grains.Records;

/// <summary>The last operations that a grain carried out: what makes its commands idempotent (decision 7d). Persisted with the state that they made.</summary>
internal sealed class OperationMemory
{
    /// <summary>A client repeats within seconds or minutes; at 90 bytes each this many stay under 5 KB.</summary>
    public const int Capacity = 50;

    /// <summary>Oldest first.</summary>
    public List<RememberedOperation> Items { get; set; } = [];

    public RememberedOperation? Find(Operation operation) => Items.Find(item => item.Id == operation.Id);

    /// <summary>Remembers an operation, in place of what the same id made before; forgets the oldest above <see cref="Capacity"/>.</summary>
    public void Remember(Operation operation, string? made = null)
    {
        Items.RemoveAll(item => item.Id == operation.Id);
        Items.Add(new() { Id = operation.Id, Fingerprint = operation.Fingerprint, Made = made });
        if (Items.Count > Capacity) Items.RemoveRange(0, Items.Count - Capacity);
    }
}
