using System.Buffers;
using System.Runtime.InteropServices;

namespace BackupOnline.Engine.Packs;

/// <summary>
/// Native memory for one pack. Pages that were never written cost nothing, so a generous capacity is free. Freed by Dispose alone: a finalizer could free it under a living span.
/// </summary>
internal sealed unsafe class PackBuffer(int capacity) : MemoryManager<byte>
{
    private void* _start = NativeMemory.Alloc((nuint)capacity);

    public int Capacity { get; } = capacity;

    public override Span<byte> GetSpan() => new(_start, Capacity);

    public override MemoryHandle Pin(int elementIndex = 0) => new((byte*)_start + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        NativeMemory.Free(_start);
        _start = null;
    }
}
