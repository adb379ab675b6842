using System.Globalization;

namespace BackupOnline.Grains.Interfaces.Names;

/// <summary>Key of a SchedulePartition grain, <c>schedules/07</c>: 00 to 63, fixed in the database (decision 23).</summary>
public readonly record struct SchedulePartitionKey(int Partition)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"schedules/{Partition:00}");

    public static SchedulePartitionKey Parse(string key) =>
        new(int.Parse(KeyText.Split(key, "schedules", 1)[0], NumberStyles.None, CultureInfo.InvariantCulture));
}
