using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>
/// Thaws the guest should this process be killed while the guest is frozen: a process of its own, started before the freeze, that holds the reading end of a
/// pipe. A pipe that ends without a word has lost its writer, and the guard thaws.
/// </summary>
internal sealed class ThawGuard : IDisposable
{
    private const string Group = "host";
    private const string Verb = "thaw-guard";
    private const byte AllIsWell = (byte)'.';

    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(10);

    // Longer than an agent needs for its hooks.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private ThawGuard(Process process) => _process = process;

    /// <summary>Starts a guard and waits until it stands.</summary>
    /// <exception cref="HypervisorException">It cannot be started, so that a freeze would not be safe.</exception>
    public static async Task<ThawGuard> StartAsync(string socket, TimeProvider time, CancellationToken cancellation)
    {
        ThawGuard? guard = null;
        try
        {
            var start = new ProcessStartInfo(Program(), [Group, Verb, socket]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
            guard = new ThawGuard(Process.Start(start)!);
            using var deadline = new CancellationTokenSource(s_start, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
            if (await guard._process.StandardOutput.BaseStream.ReadAsync(new byte[1], either.Token) == 1)
                return guard;
            throw new IOException("it ended at once");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            guard?.Dispose();
            throw;
        }
        catch (Exception failure) when (failure is Win32Exception or IOException or OperationCanceledException)
        {
            guard?.Dispose();
            throw new HypervisorException(
                HypervisorFault.Transient, "guard-not-started", $"the process that thaws the guest should this one be killed cannot be started: {failure.Message}", failure);
        }
    }

    /// <summary>The socket when a command line is a guard's, else null.</summary>
    public static string? SocketOf(IReadOnlyList<string> arguments) => arguments is [Group, Verb, var socket] ? socket : null;

    /// <summary>The guard's own life: waits for the end of the pipe. Signals end it no more than a killed parent does.</summary>
    public static async Task<int> StandAsync(string socket, Screen screen)
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ignore);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ignore);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Ignore);
        var said = new byte[] { AllIsWell };
        await using (var ready = Console.OpenStandardOutput())
            await ready.WriteAsync(said);
        await using var pipe = Console.OpenStandardInput();
        if (await pipe.ReadAsync(said) == 1 && said[0] == AllIsWell)
            return ExitCode.Ok;
        var outcome = await new GuestThaw(socket, screen.Surroundings.Time).WithinAsync(s_patience, CancellationToken.None);
        if (outcome == ThawOutcome.Thawed)
            screen.Warn(HypervisorSentences.GuardThawed, socket);
        return outcome == ThawOutcome.NoAnswer ? ExitCode.Unavailable : ExitCode.Ok;
    }

    /// <summary>The guest is known to be thawed: the guard ends. One that is disposed without this acts.</summary>
    public void StandDown()
    {
        try
        {
            _process.StandardInput.BaseStream.WriteByte(AllIsWell);
            _process.StandardInput.BaseStream.Flush();
        }
        catch (IOException)
        {
            // It is gone, and was not needed.
        }
    }

    public void Dispose()
    {
        try
        {
            _process.StandardInput.Dispose();
        }
        catch (IOException)
        {
            // Gone as well.
        }

        _process.Dispose();
    }

    private static void Ignore(PosixSignalContext context) => context.Cancel = true;

    // What runs is the program itself, or (in a development build) lies beside its libraries.
    private static string Program() =>
        RuntimeFeature.IsDynamicCodeSupported ? Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "backuponline.exe" : "backuponline") : Environment.ProcessPath!;
}
