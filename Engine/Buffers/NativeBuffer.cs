using System.Buffers;
using System.Runtime.InteropServices;

namespace BackupOnline.Engine.Buffers;

/// <summary>
/// Native memory for a pack or a blob. Pages that were never written cost nothing, so a generous capacity is free. Freed by Dispose alone: a finalizer could free it under a living span.
/// </summary>
/// <param name="capacity">Bytes.</param>
/// <param name="smallPages">Bytes at the beginning that get pages of the usual size: for a buffer that mostly holds less than a large page.</param>
internal sealed unsafe partial class NativeBuffer(int capacity, int smallPages = 0) : MemoryManager<byte>
{
    // The large page of x86-64 and arm64: one fault instead of 512, which is what costs in a virtual machine.
    private const nuint PageLength = 2 << 20;
    private const nuint SmallPageLength = 4096;
    private const int DontNeed = 4;
    private const int HugePages = 14;

    private void* _start = Allocate((nuint)capacity, Whole(smallPages));

    public int Capacity { get; } = capacity;

    public override Span<byte> GetSpan() => new(_start, Capacity);

    public override MemoryHandle Pin(int elementIndex = 0) => new((byte*)_start + elementIndex);

    public override void Unpin()
    {
    }

    /// <summary>Gives the pages from <paramref name="keep"/> up to <paramref name="used"/> back to the system; what was in them is gone. Where that cannot be done, they stay.</summary>
    public void Trim(int keep, int used)
    {
        var (from, to) = (Whole(keep), Math.Min(Whole(used), (nuint)Capacity & ~(PageLength - 1)));
        if (OperatingSystem.IsLinux() && from < to)
            _ = Advise((byte*)_start + from, to - from, DontNeed);
    }

    protected override void Dispose(bool disposing)
    {
        NativeMemory.AlignedFree(_start);
        _start = null;
    }

    private static void* Allocate(nuint capacity, nuint smallPages)
    {
        var start = NativeMemory.AlignedAlloc(capacity, capacity < PageLength ? SmallPageLength : PageLength);
        if (OperatingSystem.IsLinux() && capacity >= smallPages + PageLength)
            _ = Advise((byte*)start + smallPages, (capacity - smallPages) & ~(PageLength - 1), HugePages);
        return start;
    }

    private static nuint Whole(int length) => ((nuint)length + PageLength - 1) & ~(PageLength - 1);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint length, int advice);
}
