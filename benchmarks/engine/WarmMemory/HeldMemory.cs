using System.Runtime.InteropServices;

namespace BackupOnline.WarmMemory;

/// <summary>
/// Memory of which every other page is held, so that the free ones between them never make up a large block. A hypervisor takes large free blocks back from a virtual machine,
/// and who touches them next pays for it, up to a second and a half for each GiB: that would be measured instead of the programs. Single pages stay with the machine.
/// </summary>
internal sealed unsafe partial class HeldMemory : IDisposable
{
    private const int PageLength = 4096;
    private const int DontNeed = 4;
    private const int NoHugePages = 15;

    private readonly byte* _start;
    private readonly nuint _length;

    public HeldMemory(long length)
    {
        _length = (nuint)length;
        _start = (byte*)NativeMemory.AlignedAlloc(_length, PageLength);

        // A kernel without large pages refuses, and need not be told.
        _ = Advise(_start, _length, NoHugePages);
    }

    public void Touch()
    {
        for (nuint at = 0; at < _length; at += PageLength)
            _start[at] = 1;
    }

    public void GiveBackEveryOtherPage()
    {
        for (nuint at = 0; at + PageLength <= _length; at += 2 * PageLength)
            Must(Advise(_start + at, PageLength, DontNeed));
    }

    public void Dispose() => NativeMemory.AlignedFree(_start);

    private static void Must(int result)
    {
        if (result != 0)
            throw new InvalidOperationException($"madvise failed with error {Marshal.GetLastPInvokeError()}.");
    }

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    private static partial int Advise(void* start, nuint length, int advice);
}
