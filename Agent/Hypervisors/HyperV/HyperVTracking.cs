namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>Which tracking identifier of a reference point belongs to which disk: by the identifier beside it, never by the order of the machine's disks.</summary>
internal static class HyperVTracking
{
    /// <returns>Tracking identifier by disk identifier, in lower case. Empty where the host's answer is not certain: the next point is then full.</returns>
    public static IReadOnlyDictionary<string, string> Map(HyperVReferencePoint point)
    {
        var map = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (point.Type != HyperVReferencePoint.ChangeTracking || point.Disks is not { } disks || point.Tracking is not { } tracking || disks.Count != tracking.Count)
            return map;
        foreach (var (disk, id) in disks.Zip(tracking))
        {
            // An identifier that occurs twice says nothing about either disk.
            if (id.Length == 0 || !map.TryAdd(Key(disk), id))
                return new Dictionary<string, string>();
        }

        return map;
    }

    /// <summary>A GUID however it is written, or a path.</summary>
    public static string Key(string identifier) => Guid.TryParse(identifier, out var id) ? id.ToString() : identifier.ToUpperInvariant();
}
