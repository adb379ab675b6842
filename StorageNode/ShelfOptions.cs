using Microsoft.Extensions.Configuration;

namespace BackupOnline.StorageNode;

/// <summary>Settings of one machine's shelf. Checked at start by <see cref="ShelfOptionsValidator"/>.</summary>
public sealed class ShelfOptions
{
    /// <summary>Section of the configuration that <see cref="ShelfHosting.AddShelf(Microsoft.Extensions.DependencyInjection.IServiceCollection, IConfiguration)"/> reads.</summary>
    public const string Section = "Shelf";

    /// <summary>This node's name, by the name rule of decision 25. Default <c>node1</c>.</summary>
    public string Node { get; set; } = "node1";

    /// <summary>The data folder: vaults lie under <c>{DataFolder}/nodes/{Node}/vaults/</c>, all on one file system. Default <c>data</c>, relative to the working folder.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>Address and port to listen on, <c>address:port</c>; port 0 takes a free one. Default <c>127.0.0.1:8081</c>.</summary>
    public string Listen { get; set; } = "127.0.0.1:8081";

    /// <summary>The shelf's base address as agents see it; null makes it from <see cref="Listen"/>.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Certificate for TLS: a PFX file, or a PEM file with <see cref="CertificateKeyPath"/>. Needed off loopback unless <see cref="TrustedProxies"/> names one.</summary>
    public string? CertificatePath { get; set; }

    /// <summary>Private key of a PEM certificate; null when the certificate file holds it.</summary>
    public string? CertificateKeyPath { get; set; }

    /// <summary>Addresses of the proxies that end TLS before this shelf; only their X-Forwarded-For is believed. Default none.</summary>
    public IList<string> TrustedProxies { get; set; } = [];

    /// <summary>Identity of the hardware (contract article 6); null reads the machine id of the system.</summary>
    public string? Hardware { get; set; }

    /// <summary>Identity of the site (contract article 6), free text of 1 to 100 characters. Default <c>default</c>.</summary>
    public string Site { get; set; } = "default";

    /// <summary>Bytes of the file system that uploads never take, so that deleting and bookkeeping work on a full disk. Default 64 MiB.</summary>
    public long FreeReserveBytes { get; set; } = 64L << 20;

    /// <summary>Largest data object. restic packs aim at 128 MiB at most and may pass it by a blob and a header. Default 512 MiB.</summary>
    public long MaxDataBytes { get; set; } = 512L << 20;

    /// <summary>Largest index object; restic's hold at most 50,000 blobs. Default 128 MiB.</summary>
    public long MaxIndexBytes { get; set; } = 128L << 20;

    /// <summary>Largest snapshot object. Default 16 MiB.</summary>
    public long MaxSnapshotBytes { get; set; } = 16L << 20;

    /// <summary>Largest key, lock or config object. Default 1 MiB.</summary>
    public long MaxSmallBytes { get; set; } = 1L << 20;

    /// <summary>An upload or download without any progress for so long is cut. Lenient, for slow lines: default 90 s, from 2 s to 10 min.</summary>
    public TimeSpan IdleBody { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>Mean rate below which a body is cut after <see cref="IdleBody"/>. Default 256 bytes per second.</summary>
    public double MinBodyBytesPerSecond { get; set; } = 256;

    /// <summary>Time to send a request's headers. Default 15 s, from 1 s to 2 min.</summary>
    public TimeSpan HeaderTime { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// A wrong credential is answered at the next multiple of this time after the request's start, so that the time does not tell whether the vault exists. Longer
    /// hides more and makes honest mistakes slower. Default 100 ms, from 0 (off) to 5 s.
    /// </summary>
    public TimeSpan RefusalTime { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Open connections at once, all clients together. Default 2000.</summary>
    public int MaxConnections { get; set; } = 2000;

    /// <summary>Requests of one vault at once; more are answered 503 so that one customer cannot starve another. Default 64.</summary>
    public int MaxVaultRequests { get; set; } = 64;

    /// <summary>Threads for disk work, so that a slow disk cannot starve the cluster's own threads. 0 (the default) takes twice the cores, at least 8.</summary>
    public int DiskThreads { get; set; }

    /// <summary>How often hidden objects are looked at for removal. Default 15 min.</summary>
    public TimeSpan ReapEvery { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Whether tenants are held to their rate (contract article 7). Off where another device does it, and to measure the shelf itself; traffic is counted all the same. Default true.</summary>
    public bool Shape { get; set; } = true;

    /// <summary>Rate of the node's own link, each direction by itself, in bits per second: tenants share it fairly. Null (the default) leaves sharing to the network. From 1 Mbit/s to 1 Tbit/s.</summary>
    public long? LinkBitsPerSecond { get; set; }

    /// <summary>
    /// File with the master key of hot vaults (decision 19), outside the data folder, readable by its owner alone; made at first use. Null (the default) is
    /// <c>/etc/backuponline/master.key</c> for root and <c>backuponline/master.key</c> in the user's folder of settings for others.
    /// </summary>
    public string? MasterKeyFile { get; set; }

    /// <summary>How long the last part of a prune, which works alone, waits for running backups to end before it is put off. Default 1 min, from 0 to 1 h.</summary>
    public TimeSpan PruneLockPatience { get; set; } = TimeSpan.FromMinutes(1);

    internal string VaultsFolder => Path.GetFullPath(Path.Combine(DataFolder, "nodes", Node, "vaults"));
}
