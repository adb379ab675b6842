using System.ComponentModel;
using System.Diagnostics;

namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>Programs of the package qemu-utils.</summary>
internal static class QemuTools
{
    /// <exception cref="HypervisorException">Operator: it is not installed.</exception>
    public static Process Start(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception failure)
        {
            throw new HypervisorException(HypervisorFault.Operator, "qemu-utils-missing", $"{program} cannot be started: {failure.Message}. Install the package qemu-utils on this host.", failure);
        }
    }

    /// <exception cref="HypervisorException">With what the program said.</exception>
    public static async Task RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        using var process = Start(program, arguments);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }

        if (process.ExitCode != 0)
            throw new HypervisorException(HypervisorFault.Operator, "image-refused", $"{program}: {(await error).Trim()}");
    }
}
