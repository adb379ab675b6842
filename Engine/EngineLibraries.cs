using System.Runtime.InteropServices;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Crypto;

namespace BackupOnline.Engine;

/// <summary>Which native libraries this process runs on: linked into the program, or loaded from beside it.</summary>
public static class EngineLibraries
{
    /// <summary>libzstd's version, "1.5.7"; null when the library cannot be loaded.</summary>
    public static string? Zstd() => VersionOf(LibZstd.ZSTD_versionString);

    /// <summary>libsodium's version, "1.0.22"; null when the library cannot be loaded.</summary>
    public static string? Sodium() => VersionOf(LibSodium.sodium_version_string);

    private static string? VersionOf(Func<nint> call)
    {
        try
        {
            return Marshal.PtrToStringUTF8(call());
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            return null;
        }
    }
}
