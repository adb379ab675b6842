using System.Runtime.InteropServices;

namespace BackupOnline.Agent.Screens;

/// <summary>
/// A parent may start the program with standard streams closed (<c>2&gt;&amp;-</c>). The next files to be opened then get their numbers, and what is meant for the screen would be written
/// into them: into a pack, or a lock. The runtime itself comes first: it keeps its source of randomness open, and standard input would never end.
/// </summary>
internal static partial class StandardStreams
{
    private const int InputNumber = 0, OutputNumber = 1, ErrorNumber = 2;
    private const int ReadAndWrite = 2;
    private const int GetFlags = 1;
    private const int CloseOnExec = 1;

    /// <summary>Before any file is opened: what is free is the null device from now on, and nothing is written to what is somebody else's.</summary>
    public static void Secure()
    {
        if (OperatingSystem.IsWindows())
            return;

        // Always the lowest free number; the first above the standard ones says that all of these are taken.
        int number;
        do
            number = Open("/dev/null", ReadAndWrite);
        while (number is >= InputNumber and <= ErrorNumber);
        if (number > ErrorNumber)
            _ = Close(number);
        if (!IsOurs(OutputNumber))
            Console.SetOut(TextWriter.Null);
        if (!IsOurs(ErrorNumber))
            Console.SetError(TextWriter.Null);
    }

    public static bool HasInput => IsOurs(InputNumber);

    public static Stream OpenInput() => IsOurs(InputNumber) ? Console.OpenStandardInput() : Stream.Null;

    public static Stream OpenOutput() => IsOurs(OutputNumber) ? Console.OpenStandardOutput() : Stream.Null;

    public static Stream OpenError() => IsOurs(ErrorNumber) ? Console.OpenStandardError() : Stream.Null;

    // What a parent gave was open across exec; what this process opened for itself is mostly not.
    private static bool IsOurs(int number) => OperatingSystem.IsWindows() || (Control(number, GetFlags) is >= 0 and var flags && (flags & CloseOnExec) == 0);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command);
}
