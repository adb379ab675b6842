using System.Runtime.InteropServices;

namespace BackupOnline.Engine.Files;

/// <summary>Flags of <c>open</c>. A few differ between processors.</summary>
internal static class OpenFlags
{
    private static readonly bool s_arm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;

    public const int ReadOnly = 0;
    public const int WriteOnly = 1;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;
    public const int Truncate = 0x200;
    public const int NonBlocking = 0x800;
    public const int NoAccessTime = 0x40000;
    public const int CloseOnExec = 0x80000;

    /// <summary>A handle that only names the place.</summary>
    public const int PathOnly = 0x200000;

    public static int Folder { get; } = s_arm ? 0x4000 : 0x10000;

    public static int NoFollow { get; } = s_arm ? 0x8000 : 0x20000;
}
