namespace BackupOnline.Agent.Hypervisors.Nbd;

/// <summary>Names and flags of the meta contexts that are asked for.</summary>
internal static class NbdContext
{
    /// <summary>Flags <see cref="Hole"/> and <see cref="Zero"/>.</summary>
    public const string Allocation = "base:allocation";

    public const uint Hole = 1;

    /// <summary>Reads as zeros.</summary>
    public const uint Zero = 2;

    /// <summary>Of a QEMU dirty bitmap: changed since the bitmap was made.</summary>
    public const uint Dirty = 1;

    /// <summary>The context of a dirty bitmap that a QEMU export offers.</summary>
    public static string DirtyBitmap(string bitmap) => $"qemu:dirty-bitmap:{bitmap}";
}
