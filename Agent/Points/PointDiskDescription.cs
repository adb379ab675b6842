namespace BackupOnline.Agent.Points;

/// <summary>One disk of a point.</summary>
/// <param name="Id">The driver's stable id.</param>
/// <param name="File">Name of the image in the snapshot: <c>disk0.raw</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Basis">full or incremental.</param>
/// <param name="Reason">Why full; null for an incremental one.</param>
/// <param name="Detail">The reason for a person; null for an incremental one.</param>
/// <param name="Base">Epoch that an incremental one rests on.</param>
internal sealed record PointDiskDescription(string Id, string File, long Size, string Basis, string? Reason, string? Detail, string? Base)
{
    public const string Full = "full";
    public const string Incremental = "incremental";
}
