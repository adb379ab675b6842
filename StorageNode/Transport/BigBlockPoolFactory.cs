using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace BackupOnline.StorageNode.Transport;

/// <summary>Gives Kestrel blocks of 256 KiB: one read of the socket fills one. Its own of 4 KiB cost a third of the throughput of large bodies.</summary>
internal sealed class BigBlockPoolFactory : IMemoryPoolFactory<byte>
{
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new BigBlockPool();
}
