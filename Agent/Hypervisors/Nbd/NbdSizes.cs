namespace BackupOnline.Agent.Hypervisors.Nbd;

/// <summary>Sizes of the protocol's headers, and bounds for what a peer may announce. In bytes.</summary>
internal static class NbdSizes
{
    /// <summary>Magic, flags, type, cookie, offset, length.</summary>
    public const int Request = 28;

    /// <summary>Magic, error, cookie.</summary>
    public const int SimpleReply = 16;

    /// <summary>Magic, flags, type, cookie, length.</summary>
    public const int StructuredReply = 20;

    /// <summary>Magic, option, type, length.</summary>
    public const int OptionReply = 20;

    /// <summary>A string of the protocol has at most this many bytes.</summary>
    public const int Text = 4096;

    /// <summary>No reply to an option of ours can be longer.</summary>
    public const int OptionReplyData = 64 << 10;

    /// <summary>Any server takes reads and writes of this size; QEMU's own bound.</summary>
    public const int Transfer = 32 << 20;

    /// <summary>Largest range of one BlockStatus: a multiple of any block size, below 2^32.</summary>
    public const long StatusRange = 1L << 30;
}
