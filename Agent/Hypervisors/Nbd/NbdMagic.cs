namespace BackupOnline.Agent.Hypervisors.Nbd;

/// <summary>Magic numbers of the NBD protocol (https://github.com/NetworkBlockDevice/nbd/blob/master/doc/proto.md); all integers on the wire are big-endian.</summary>
internal static class NbdMagic
{
    /// <summary>"NBDMAGIC", the first 8 bytes of a server.</summary>
    public const ulong Greeting = 0x4e42444d41474943;

    /// <summary>"IHAVEOPT", before each option of a client and after the greeting.</summary>
    public const ulong Option = 0x49484156454f5054;

    public const ulong OptionReply = 0x0003e889045565a9;

    public const uint Request = 0x25609513;

    public const uint SimpleReply = 0x67446698;

    public const uint StructuredReply = 0x668e33ef;
}
