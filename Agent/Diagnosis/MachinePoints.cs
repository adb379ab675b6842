using System.Runtime.InteropServices;
using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Languages;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine;
using BackupOnline.Engine.Files;

namespace BackupOnline.Agent.Diagnosis;

/// <summary>What the agent needs of the machine itself.</summary>
internal static class MachinePoints
{
    // Bytes. The agent writes little to disk: below the first it is tight, below the second something will break soon.
    private const long EnoughSpace = 512L << 20;
    private const long TooLittleSpace = 64L << 20;

    private static readonly string[] UsualPlaces = ["/", "/etc", "/home", "/opt", "/root", "/srv", "/usr/local", "/var"];

    public static Finding Version(Speech speech) =>
        Finding.Ok(speech, "version", DiagnosisSentences.Version, Product.Version, RuntimeInformation.FrameworkDescription);

    public static Finding Clock(TimeSpan serverMinusOurs, Speech speech)
    {
        var amount = Quantity.Duration(serverMinusOurs.Duration());
        if (serverMinusOurs.Duration() <= ClockSkew.Tolerated)
            return Finding.Ok(speech, "clock", DiagnosisSentences.Clock, amount);
        var side = serverMinusOurs < TimeSpan.Zero ? CommandSentences.Ahead : CommandSentences.Behind;
        return new Finding("clock", Verdict.Fail, speech.Say(DiagnosisSentences.ClockOff, amount, side), speech.Say(DiagnosisSentences.ClockAdvice));
    }

    public static IEnumerable<Finding> Libraries(Speech speech)
    {
        yield return Own("libzstd", EngineLibraries.Zstd(), speech);
        yield return Own("libsodium", EngineLibraries.Sodium(), speech);
        yield return Crypto(speech);
    }

    public static Finding TemporarySpace(Speech speech)
    {
        var folder = Path.GetTempPath();
        try
        {
            var free = new DriveInfo(folder).AvailableFreeSpace;
            var text = speech.Say(DiagnosisSentences.Space, folder, Quantity.Bytes(free));
            return free >= EnoughSpace
                ? new Finding("temporary-space", Verdict.Ok, text, null)
                : new Finding("temporary-space", free < TooLittleSpace ? Verdict.Fail : Verdict.Warn, text, speech.Say(DiagnosisSentences.SpaceAdvice));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Finding("temporary-space", Verdict.Warn, speech.Say(DiagnosisSentences.SpaceUnknown, folder, FileReason.Of(failure)), speech.Say(DiagnosisSentences.SpaceAdvice));
        }
    }

    public static Finding NetworkMounts(MountTable mounts, Speech speech)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var found = UsualPlaces.Append(home.Length > 0 ? home : "/root")
            .SelectMany(place => mounts.NetworkMountsOf(RawPath.FromText(place)))
            .Distinct()
            .Select(mount => $"{PathText.ForScreen(mount.Point.ToString())} ({mount.Type})")
            .ToList();
        return found.Count == 0
            ? Finding.Ok(speech, "network-mounts", DiagnosisSentences.NoMounts)
            : new Finding("network-mounts", Verdict.Warn, speech.Say(DiagnosisSentences.Mounts, string.Join(", ", found)), speech.Say(DiagnosisSentences.MountsAdvice));
    }

    // Linked into the program or delivered with it.
    private static Finding Own(string library, string? version, Speech speech) => version is null
        ? new Finding(library, Verdict.Fail, speech.Say(DiagnosisSentences.LibraryMissing, library), speech.Say(DiagnosisSentences.LibraryBeside))
        : Finding.Ok(speech, library, DiagnosisSentences.Library, $"{library} {version}");

    // The system's own.
    private static Finding Crypto(Speech speech)
    {
        string[] names = OperatingSystem.IsWindows() ? ["libcrypto-3-x64", "libcrypto"] : OperatingSystem.IsMacOS() ? ["libcrypto.3.dylib", "libcrypto"] : ["libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.so"];
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, typeof(MachinePoints).Assembly, DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories, out var handle))
            {
                NativeLibrary.Free(handle);
                return Finding.Ok(speech, "libcrypto", DiagnosisSentences.Library, name);
            }
        }

        return new Finding("libcrypto", Verdict.Warn, speech.Say(DiagnosisSentences.LibraryMissing, names[0]), speech.Say(DiagnosisSentences.LibraryCrypto));
    }
}
