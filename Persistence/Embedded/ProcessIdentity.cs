namespace BackupOnline.Persistence.Embedded;

/// <summary>A process for ever: a pid is reused, but not within the same boot at the same start time (field 22 of /proc/pid/stat, clock ticks).</summary>
internal sealed record ProcessIdentity(int Pid, string StartTicks, string Boot)
{
    public static ProcessIdentity Own { get; } = Read(Environment.ProcessId)!;

    /// <summary>The process that has this pid now, or null.</summary>
    public static ProcessIdentity? Read(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");

            // The second field is the name in brackets and may itself hold blanks and brackets; the third is the state.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : new(pid, fields[19], File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    public bool IsAlive => Read(Pid) == this;

    public override string ToString() => $"{Pid} {StartTicks} {Boot}";

    public static ProcessIdentity? Parse(string text)
    {
        var parts = text.Trim().Split(' ');
        return parts.Length == 3 && int.TryParse(parts[0], out var pid) ? new(pid, parts[1], parts[2]) : null;
    }
}
