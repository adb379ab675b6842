using BackupOnline.Agent.Tests.Running;

namespace BackupOnline.Agent.Tests.Hypervisors.Qemu;

/// <summary>Programs that are not ours, as judges.</summary>
internal static class Tool
{
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var machine = new Machine();
        return (await machine.RunProgramAsync(program, arguments)).ShouldEndWith(0).Output;
    }

    /// <summary>An image or an export read whole by qemu-img.</summary>
    public static async Task<byte[]> ReadAsync(string source, string format)
    {
        var target = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await RunAsync("qemu-img", "convert", "-f", format, "-O", "raw", source, target);
            return await File.ReadAllBytesAsync(target);
        }
        finally
        {
            File.Delete(target);
        }
    }
}
