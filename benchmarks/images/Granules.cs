using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Images;

namespace BackupOnline.Images;

/// <summary>An image by its granules: which hold data, and which differ from those of another time. What a hypervisor's bitmap knows, but for places that were written with what they held.</summary>
internal sealed class Granules
{
    private readonly List<BlobId> _hashes = [];
    private readonly List<ImageExtent> _data = [];

    private Granules()
    {
    }

    /// <summary>All that is not zero.</summary>
    public IReadOnlyList<ImageExtent> Data => _data;

    public static Granules Of(string path)
    {
        var made = new Granules();
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        var buffer = new byte[DiskFile.Granule];
        for (var at = 0L; file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) is > 0 and var length; at += length)
        {
            var granule = buffer.AsSpan(0, length);
            made._hashes.Add(BlobId.Of(granule));
            if (!granule.ContainsAnyExcept((byte)0))
                continue;
            if (made._data.Count > 0 && made._data[^1].End == at)
                made._data[^1] = made._data[^1] with { Length = made._data[^1].Length + length };
            else
                made._data.Add(new ImageExtent(at, length, IsZero: false));
        }

        return made;
    }

    /// <summary>Numbers of granules.</summary>
    public IEnumerable<long> DifferingFrom(Granules before) =>
        Enumerable.Range(0, _hashes.Count).Where(number => _hashes[number] != before._hashes[number]).Select(number => (long)number);
}
