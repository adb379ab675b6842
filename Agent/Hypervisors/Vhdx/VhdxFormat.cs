namespace BackupOnline.Agent.Hypervisors.Vhdx;

/// <summary>Numbers of [MS-VHDX]; sections in brackets. All integers are little-endian.</summary>
internal static class VhdxFormat
{
    public const int Kilobyte = 1 << 10;
    public const int Megabyte = 1 << 20;

    /// <summary>Unit of the log and of its alignment [2.3.1].</summary>
    public const int LogSector = 4096;

    /// <summary>Largest virtual disk [2.6.2.2]: 64 TiB.</summary>
    public const long LargestDisk = 64L << 40;

    public const int SmallestBlock = Megabyte;
    public const int LargestBlock = 256 * Megabyte;

    /// <summary>"vhdxfile" [2.2.1].</summary>
    public const ulong FileSignature = 0x656C_6966_7864_6876;

    /// <summary>"metadata" [2.6.1.1].</summary>
    public const ulong MetadataSignature = 0x6174_6164_6174_656D;

    public const uint HeaderSignature = 0x6461_6568;
    public const uint RegionSignature = 0x6967_6572;
    public const uint LogEntrySignature = 0x6567_6F6C;
    public const uint ZeroSignature = 0x6F72_657A;
    public const uint DescriptorSignature = 0x6373_6564;
    public const uint DataSignature = 0x6174_6164;

    public const int FirstHeader = 64 * Kilobyte;
    public const int SecondHeader = 128 * Kilobyte;
    public const int HeaderLength = 4 * Kilobyte;
    public const int FirstRegionTable = 192 * Kilobyte;
    public const int SecondRegionTable = 256 * Kilobyte;
    public const int RegionTableLength = 64 * Kilobyte;
    public const int MetadataTableLength = 64 * Kilobyte;

    /// <summary>Most entries of a region or metadata table [2.2.3.1, 2.6.1.1].</summary>
    public const int MostEntries = 2047;

    /// <summary>Regions [2.2.3.2].</summary>
    public static readonly Guid BatRegion = new("2DC27766-F623-4200-9D64-115E9BFD4A08");
    public static readonly Guid MetadataRegion = new("8B7CA206-4790-4B9A-B8FE-575F050F886E");

    /// <summary>Metadata items [2.6.2].</summary>
    public static readonly Guid FileParameters = new("CAA16737-FA36-4D43-B3B6-33F0AA44E76B");
    public static readonly Guid VirtualDiskSize = new("2FA54224-CD1B-4876-B211-5DBED83BF4B8");
    public static readonly Guid VirtualDiskId = new("BECA12AB-B2E6-4523-93EF-C309E000C746");
    public static readonly Guid LogicalSectorSize = new("8141BF1D-A96F-4709-BA47-F233A8FAAB5F");
    public static readonly Guid PhysicalSectorSize = new("CDA348C7-445D-4471-9CC9-E9885251C556");
    public static readonly Guid ParentLocator = new("A8D35F2D-B30B-454D-ABF7-D3D84834AB0C");

    /// <summary>The one type of parent locator [2.6.2.6.3].</summary>
    public static readonly Guid VhdxLocator = new("B04AEFB7-D19E-4A81-B789-25B8E9445913");

    /// <summary>Payload blocks that one sector bitmap block describes [2.4.2]: 2^23 sectors.</summary>
    public static long ChunkRatio(int sectorSize, int blockSize) => (1L << 23) * sectorSize / blockSize;
}
