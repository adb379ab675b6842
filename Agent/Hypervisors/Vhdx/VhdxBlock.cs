namespace BackupOnline.Agent.Hypervisors.Vhdx;

/// <summary>An entry of the block table [2.5.1].</summary>
/// <param name="Offset">Bytes from the start of the file, a multiple of 1 MiB; meaningful for blocks that are present.</param>
internal readonly record struct VhdxBlock(VhdxBlockState State, long Offset)
{
    private const ulong StateMask = 7;
    private const int OffsetShift = 20;

    public bool IsPresent => State is VhdxBlockState.FullyPresent or VhdxBlockState.PartiallyPresent;

    public static VhdxBlock Parse(ulong entry) => new((VhdxBlockState)(entry & StateMask), (long)(entry >> OffsetShift) << OffsetShift);

    public ulong ToEntry() => (ulong)State | (ulong)Offset;
}
