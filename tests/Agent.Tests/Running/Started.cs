using System.Diagnostics;
using System.Runtime.InteropServices;

namespace BackupOnline.Agent.Tests.Running;

/// <summary>A program that runs.</summary>
public sealed partial class Started : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    public Started(Process process, string? input)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
        if (input is not null)
            process.StandardInput.Write(input);
        process.StandardInput.Close();
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    public void Kill() => _process.Kill();

    public void Signal(PosixSignal signal) => Assert.Equal(0, SendSignal(_process.Id, signal == PosixSignal.SIGINT ? 2 : 15));

    /// <summary>SIGSTOP: alive, and not moving.</summary>
    public void Pause() => Assert.Equal(0, SendSignal(_process.Id, 19));

    /// <summary>SIGCONT.</summary>
    public void Resume() => Assert.Equal(0, SendSignal(_process.Id, 18));

    public async Task<Ended> EndAsync(TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"The program did not end within {patience}. Output: {await _output} Error: {await _error}");
        }

        return new Ended(_process.ExitCode, await _output, await _error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
