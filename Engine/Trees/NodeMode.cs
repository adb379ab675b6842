namespace BackupOnline.Engine.Trees;

/// <summary>
/// Type and permissions of a node, in the bit layout of Go's <c>os.FileMode</c>, which is what the repository format stores.
/// </summary>
public readonly record struct NodeMode(uint Bits)
{
    private const uint Permissions = 0x1ff;

    private const uint Folder = 1u << 31;
    private const uint Symlink = 1u << 27;
    private const uint Device = 1u << 26;
    private const uint Fifo = 1u << 25;
    private const uint Socket = 1u << 24;
    private const uint SetUser = 1u << 23;
    private const uint SetGroup = 1u << 22;
    private const uint CharacterDevice = 1u << 21;
    private const uint Sticky = 1u << 20;

    /// <summary>The type that the bits tell of.</summary>
    public NodeType Type => (Bits & (Folder | Symlink | Device | Fifo | Socket | CharacterDevice)) switch
    {
        0 => NodeType.File,
        Folder => NodeType.Folder,
        Symlink => NodeType.Symlink,
        Device => NodeType.BlockDevice,
        Device | CharacterDevice => NodeType.CharacterDevice,
        Fifo => NodeType.Fifo,
        Socket => NodeType.Socket,
        _ => NodeType.Unknown,
    };

    /// <summary>The permission bits of POSIX: 0777, set-user-id 04000, set-group-id 02000, sticky 01000.</summary>
    public uint UnixPermissions => (Bits & Permissions)
        | ((Bits & SetUser) != 0 ? 0x800u : 0)
        | ((Bits & SetGroup) != 0 ? 0x400u : 0)
        | ((Bits & Sticky) != 0 ? 0x200u : 0);

    /// <summary>From <c>st_mode</c>.</summary>
    public static NodeMode FromUnix(uint mode)
    {
        var bits = mode & Permissions;
        bits |= (mode & 0xf000) switch
        {
            0x4000 => Folder,
            0xa000 => Symlink,
            0x6000 => Device,
            0x2000 => Device | CharacterDevice,
            0x1000 => Fifo,
            0xc000 => Socket,
            _ => 0u,
        };
        if ((mode & 0x800) != 0)
            bits |= SetUser;
        if ((mode & 0x400) != 0)
            bits |= SetGroup;
        if ((mode & 0x200) != 0)
            bits |= Sticky;
        return new NodeMode(bits);
    }

    /// <summary>As <c>ls -l</c> of Go prints it, which is what restic's long listing shows: <c>drwxr-xr-x</c>, <c>Lrwxrwxrwx</c>, <c>urwxr-xr-x</c>.</summary>
    public override string ToString()
    {
        const string Letters = "dalTLDpSugct?";
        Span<char> text = stackalloc char[32];
        var length = 0;
        for (var i = 0; i < Letters.Length; i++)
        {
            if ((Bits & (1u << (31 - i))) != 0)
                text[length++] = Letters[i];
        }

        if (length == 0)
            text[length++] = '-';
        for (var i = 0; i < 9; i++)
            text[length++] = (Bits & (1u << (8 - i))) != 0 ? "rwxrwxrwx"[i] : '-';
        return new string(text[..length]);
    }
}
