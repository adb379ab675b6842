namespace BackupOnline.Agent.Hypervisors.Vhdx;

/// <summary>One whole entry of a log [2.3.1].</summary>
/// <param name="Position">Where in the log it starts.</param>
/// <param name="Length">Bytes; a multiple of 4096.</param>
/// <param name="Tail">Position of the oldest entry that has to be replayed with it.</param>
internal sealed record VhdxLogEntry(int Position, int Length, int Tail, ulong Sequence, long FlushedFileOffset, long LastFileOffset, IReadOnlyList<VhdxLogChange> Changes)
{
    /// <summary>Where the next entry starts: the log is a ring.</summary>
    public int Next(int ring) => (int)(((long)Position + Length) % ring);
}
