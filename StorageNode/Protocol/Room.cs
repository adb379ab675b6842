using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Disks;
using BackupOnline.StorageNode.Objects;
using BackupOnline.StorageNode.Vaults;

namespace BackupOnline.StorageNode.Protocol;

/// <summary>The room that one upload holds in quota and disk until it ends.</summary>
internal sealed class Room(VaultUsage usage, DiskSpace space, CredentialVerdict verdict, ObjectType type) : IDisposable
{
    public const string DiskFull = "The storage node's disk is full: nothing was stored; tell the provider, or delete what is not needed";

    // A full vault must stay prunable: locks, and the index that a prune writes, may pass the quota by this much.
    private const long Slack = 64L << 20;

    private readonly bool _freesSpace = type == ObjectType.Locks || (type == ObjectType.Index && verdict.Scope == CredentialScope.Prune);
    private long _taken;

    /// <summary>Null when the room is there, else the sentence that says why not.</summary>
    public string? Take(long bytes)
    {
        if (!space.HasRoomFor(bytes, _freesSpace))
            return DiskFull;

        if (!usage.TryReserve(bytes, verdict.QuotaBytes + (_freesSpace ? Slack : 0)))
            return $"The vault's quota of {verdict.QuotaBytes} bytes is full: nothing was stored; prune it, or order more room";

        _taken += bytes;
        return null;
    }

    public void Dispose() => usage.Release(_taken);
}
