using BackupOnline.Agent.Hypervisors;

namespace BackupOnline.Agent.Tests.Hypervisors;

/// <summary>Copies of a machine's disks that are brought up to date from point to point, as a repository is.</summary>
internal sealed class DiskCopies
{
    private readonly Dictionary<string, byte[]> _copies = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> Sizes => _copies.ToDictionary(copy => copy.Key, copy => (long)copy.Value.Length, StringComparer.Ordinal);

    public byte[] this[string diskId] => _copies[diskId];

    public DiskCopies Copy()
    {
        var copy = new DiskCopies();
        foreach (var (disk, bytes) in _copies)
            copy._copies[disk] = [.. bytes];
        return copy;
    }

    /// <summary>Takes over what the point says has to be looked at.</summary>
    /// <returns>Bytes that were read.</returns>
    public async Task<long> TakeAsync(IConsistentPoint point)
    {
        var read = 0L;
        foreach (var disk in point.Disks)
        {
            if (disk.Basis is DiskBasis.Full)
                _copies[disk.DiskId] = [.. Enumerable.Repeat((byte)0xEE, (int)disk.Size)];
            var copy = _copies[disk.DiskId];
            var end = 0L;
            await foreach (var extent in disk.ExtentsAsync(CancellationToken.None))
            {
                Assert.InRange(extent.Offset, end, disk.Size);
                Assert.InRange(extent.Length, 1, disk.Size - extent.Offset);
                end = extent.End;
                var part = copy.AsMemory((int)extent.Offset, (int)extent.Length);
                if (extent.Kind == ExtentKind.Zero)
                {
                    part.Span.Clear();
                    continue;
                }

                await disk.ReadAsync(extent.Offset, part, CancellationToken.None);
                read += extent.Length;
            }
        }

        return read;
    }

    public async Task ShouldEqualAsync(IDriverLab lab, IConsistentPoint point)
    {
        foreach (var disk in point.Disks)
        {
            var independent = await lab.IndependentAsync(point, disk);
            var differs = independent.AsSpan().CommonPrefixLength(_copies[disk.DiskId]);
            Assert.True(independent.Length == differs && differs == _copies[disk.DiskId].Length, $"{disk.DiskId} differs from an independent read at byte {differs} of {independent.Length} ({disk.Basis})");
        }
    }
}
