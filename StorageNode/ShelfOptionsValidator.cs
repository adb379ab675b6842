using System.Net;
using BackupOnline.Grains.Interfaces.Names;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode;

/// <summary>Refuses a shelf that would be unsafe or could not work; every message names property, value, bound and what to do.</summary>
public sealed class ShelfOptionsValidator : IValidateOptions<ShelfOptions>
{
    public ValidateOptionsResult Validate(string? name, ShelfOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(ShelfOptions o)
    {
        if (!NameRule.IsWellFormed(o.Node))
            yield return $"Shelf:Node '{o.Node}' is not a name. {NameRule.Advice}";

        if (string.IsNullOrWhiteSpace(o.DataFolder))
            yield return "Shelf:DataFolder is empty: name the folder that holds the vaults.";

        if (string.IsNullOrWhiteSpace(o.Site) || o.Site.Length > 100)
            yield return $"Shelf:Site '{o.Site}' must have 1 to 100 characters.";

        foreach (var fault in Transport(o).Concat(Bounds(o)))
            yield return fault;
    }

    // Decision 15: credentials and sealed data never cross a network in the clear.
    private static IEnumerable<string> Transport(ShelfOptions o)
    {
        if (!IPEndPoint.TryParse(o.Listen, out var listen) || !o.Listen.Contains(':', StringComparison.Ordinal))
        {
            yield return $"Shelf:Listen '{o.Listen}' is not address:port, for example 127.0.0.1:8081 or [::1]:8081.";
            yield break;
        }

        if (!IPAddress.IsLoopback(listen.Address) && o.CertificatePath is null && o.TrustedProxies.Count == 0)
            yield return $"Shelf:Listen '{o.Listen}' is not a loopback address: give Shelf:CertificatePath, or name the proxy that ends TLS in Shelf:TrustedProxies.";

        if (o.CertificatePath is { } certificate && !File.Exists(certificate))
            yield return $"Shelf:CertificatePath '{certificate}' does not exist.";

        if (o.CertificateKeyPath is { } key && !File.Exists(key))
            yield return $"Shelf:CertificateKeyPath '{key}' does not exist.";

        foreach (var proxy in o.TrustedProxies.Where(p => !IPAddress.TryParse(p, out _)))
            yield return $"Shelf:TrustedProxies '{proxy}' is not an IP address.";

        if (o.PublicUrl is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https" && parsed is { UserInfo: "", Query: "", Fragment: "" }))
            yield return $"Shelf:PublicUrl '{url}' is not an http or https address without user, query and fragment.";
    }

    private static IEnumerable<string> Bounds(ShelfOptions o)
    {
        (string Name, long Value, long Least, long Most)[] numbers =
        [
            (nameof(o.FreeReserveBytes), o.FreeReserveBytes, 0, 1L << 40),
            (nameof(o.MaxDataBytes), o.MaxDataBytes, 16L << 20, 4L << 30),
            (nameof(o.MaxIndexBytes), o.MaxIndexBytes, 1L << 20, 4L << 30),
            (nameof(o.MaxSnapshotBytes), o.MaxSnapshotBytes, 64L << 10, 1L << 30),
            (nameof(o.MaxSmallBytes), o.MaxSmallBytes, 4L << 10, 64L << 20),
            (nameof(o.MaxConnections), o.MaxConnections, 1, 1_000_000),
            (nameof(o.MaxVaultRequests), o.MaxVaultRequests, 5, 100_000),
            (nameof(o.DiskThreads), o.DiskThreads, 0, 1024),
            (nameof(o.LinkBitsPerSecond), o.LinkBitsPerSecond ?? 1_000_000, 1_000_000, 1_000_000_000_000),
        ];
        foreach (var (name, value, least, most) in numbers)
        {
            if (value < least || value > most)
                yield return $"Shelf:{name} is {value}: it must be from {least} to {most}.";
        }

        (string Name, TimeSpan Value, TimeSpan Least, TimeSpan Most)[] times =
        [
            (nameof(o.IdleBody), o.IdleBody, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(10)),
            (nameof(o.HeaderTime), o.HeaderTime, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2)),
            (nameof(o.RefusalTime), o.RefusalTime, TimeSpan.Zero, TimeSpan.FromSeconds(5)),
            (nameof(o.ReapEvery), o.ReapEvery, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
            (nameof(o.PruneLockPatience), o.PruneLockPatience, TimeSpan.Zero, TimeSpan.FromHours(1)),
        ];
        foreach (var (name, value, least, most) in times)
        {
            if (value < least || value > most)
                yield return $"Shelf:{name} is {value}: it must be from {least} to {most}.";
        }

        if (!(o.MinBodyBytesPerSecond is >= 1 and <= 1e6))
            yield return $"Shelf:MinBodyBytesPerSecond is {o.MinBodyBytesPerSecond}: it must be from 1 to 1000000.";
    }
}
