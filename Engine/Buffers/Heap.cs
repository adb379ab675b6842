using System.Runtime;

namespace BackupOnline.Engine.Buffers;

/// <summary>The garbage collector's memory.</summary>
internal static class Heap
{
    /// <summary>
    /// Gives back what an ended phase left, before one that needs memory of its own: some milliseconds, for a peak that is the larger of both instead of their sum.
    /// Not in a server, whose other work would wait for it.
    /// </summary>
    public static void Trim()
    {
        if (!GCSettings.IsServerGC)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
