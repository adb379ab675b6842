namespace BackupOnline.Client.Start;

/// <summary>Tells a person on the terminal why the door does not start, and what to do: never a stack trace.</summary>
internal static class StartRefusal
{
    public const int ExitCode = 1;

    public static int Say(params IEnumerable<string> faults)
    {
        foreach (var fault in faults)
            Console.Error.WriteLine($"backuponline door: cannot start: {fault}");
        return ExitCode;
    }
}
