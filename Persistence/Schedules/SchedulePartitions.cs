using System.Security.Cryptography;
using System.Text;

namespace BackupOnline.Persistence.Schedules;

/// <summary>Which partition a schedule lies in.</summary>
public static class SchedulePartitions
{
    /// <summary>Fixed in the database (script 0008): another number would leave rows where nobody looks.</summary>
    public const int Count = 64;

    /// <summary>The first byte of the id's SHA-256, modulo <see cref="Count"/>: the same on every machine and for ever.</summary>
    public static int Of(string schedule)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(schedule), hash);
        return hash[0] % Count;
    }
}
