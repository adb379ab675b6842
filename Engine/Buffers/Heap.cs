using System.Runtime;

namespace BackupOnline.Engine.Buffers;

/// <summary>Memory between the phases of a run.</summary>
internal static class Heap
{
    /// <summary>
    /// Gives back what an ended phase left, lent buffers and garbage, before one that needs memory of its own: some milliseconds, for a peak that is the larger of both instead of their sum.
    /// No garbage is collected in a server, whose other work would wait for it.
    /// </summary>
    public static void Trim()
    {
        NativeBuffers.FreeIdle();
        if (!GCSettings.IsServerGC)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
