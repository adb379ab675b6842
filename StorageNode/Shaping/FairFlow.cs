namespace BackupOnline.StorageNode.Shaping;

/// <summary>One tenant's place in one <see cref="FairOrder{T}"/>: the virtual time at which all that it sent so far has its part.</summary>
internal sealed class FairFlow
{
    public double Finish { get; set; }
}
