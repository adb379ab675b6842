using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using BackupOnline.Agent.Hypervisors;

namespace BackupOnline.Agent.BootTests;

/// <summary>The running test machine. Ended with the test, whatever happens; and by itself some time after the deadline should this process die.</summary>
internal sealed class BootGuest : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _serial;
    private readonly Task<string> _errors;

    private BootGuest(Process process, SerialLog serial)
    {
        (_process, Serial) = (process, serial);
        process.StandardInput.Close();
        _serial = serial.FollowAsync(process.StandardOutput.BaseStream);
        _errors = process.StandardError.ReadToEndAsync();
        Ended = EndAsync();
    }

    public SerialLog Serial { get; }

    /// <summary>The machine's end, with what QEMU said about it: nothing when the guest turned itself off.</summary>
    public Task<string> Ended { get; }

    /// <exception cref="HypervisorException">QEMU, or <c>timeout</c>, is not installed.</exception>
    public static BootGuest Start(BootTestOptions options, BootFolder folder, int disks)
    {
        if (!Folders().Any(folder => File.Exists(Path.Combine(folder, options.Emulator))))
            throw new HypervisorException(HypervisorFault.Operator, "qemu-missing", $"{options.Emulator} is not installed.");

        // Its own deadline is for the case that this process is killed and cannot end it.
        var lifetime = ((long)options.Deadline.TotalSeconds + 60).ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("timeout", ["--signal=KILL", lifetime, options.Emulator, .. BootArguments.Of(options, folder, disks)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["TMPDIR"] = folder.Location;
        try
        {
            var process = Process.Start(start)!;
            return new BootGuest(process, new SerialLog(options.Expected ?? BootSigns.Login));
        }
        catch (Win32Exception failure)
        {
            throw new HypervisorException(HypervisorFault.Operator, "timeout-missing", $"The program timeout cannot be started ({failure.Message}): install coreutils.", failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await Ended;
        _process.Dispose();
    }

    // An absolute path of the emulator is found below any folder.
    private static string[] Folders() => (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin").Split(':');

    private async Task<string> EndAsync()
    {
        await _process.WaitForExitAsync();
        await _serial;
        return (await _errors).Trim();
    }
}
