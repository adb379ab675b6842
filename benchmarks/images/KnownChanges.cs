namespace BackupOnline.Images;

/// <summary>Changes that are known without looking.</summary>
internal static class KnownChanges
{
    /// <summary>The granules of the first MiB of each <paramref name="every"/> MiB of a disk.</summary>
    public static IEnumerable<long> FirstMiBOfEach(int every, string path)
    {
        const long Granules = (1 << 20) / DiskFile.Granule;
        for (var mebibyte = 0L; mebibyte << 20 < new FileInfo(path).Length; mebibyte += every)
        {
            for (var granule = 0L; granule < Granules; granule++)
                yield return (mebibyte * Granules) + granule;
        }
    }
}
