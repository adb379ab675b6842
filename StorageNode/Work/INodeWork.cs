using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Nodes;

namespace BackupOnline.StorageNode.Work;

/// <summary>
/// What the worker can do. Asks the vault for the whole order, does what is missing, tells the vault, and bears to be cut off anywhere and begun again.
/// Expected faults are results; exceptions count as failed and are tried again.
/// </summary>
internal interface INodeWork
{
    NodeWorkKind Kind { get; }

    Task<WorkResult> RunAsync(VaultKey vault, CancellationToken cancellation);
}
