using System.Buffers;
using System.Collections.Concurrent;

namespace BackupOnline.StorageNode.Transport;

/// <summary>Pinned blocks of 256 KiB, at most 64 MiB of them kept for later.</summary>
internal sealed class BigBlockPool : MemoryPool<byte>
{
    private const int BlockBytes = 256 << 10;
    private const int MostKept = 256;
    private readonly ConcurrentQueue<byte[]> _free = new();

    public override int MaxBufferSize => BlockBytes;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
        return new Block(this, _free.TryDequeue(out var block) ? block : GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true));
    }

    protected override void Dispose(bool disposing) => _free.Clear();

    private sealed class Block(BigBlockPool pool, byte[] bytes) : IMemoryOwner<byte>
    {
        private byte[]? _bytes = bytes;

        public Memory<byte> Memory => _bytes ?? throw new ObjectDisposedException(nameof(Block));

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _bytes, null) is { } back && pool._free.Count < MostKept)
                pool._free.Enqueue(back);
        }
    }
}
