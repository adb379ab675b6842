using System.ComponentModel;
using System.Diagnostics;
using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Exits;

namespace BackupOnline.Agent.Sources;

/// <summary>
/// What a program prints, to its end. The end counts only when the program ended with 0: a dump that broke off must not look like a whole one.
/// No shell is involved; what the program says on standard error goes where ours goes.
/// </summary>
internal sealed class CommandOutput : Stream
{
    private readonly Process _process;
    private readonly string _name;

    private CommandOutput(Process process, string name) => (_process, _name) = (process, name);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="AgentStop">The program cannot be started.</exception>
    public static CommandOutput Start(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, UseShellExecute = false };
        try
        {
            return new CommandOutput(Process.Start(start)!, command[0]);
        }
        catch (Win32Exception failure)
        {
            throw new AgentStop(ExitCode.Fatal, StreamSentences.CannotStart, command[0], FileReason.Of(failure));
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _process.StandardOutput.BaseStream.ReadAsync(buffer, cancellationToken);
        if (read > 0 || buffer.IsEmpty)
            return read;
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode == 0 ? 0 : throw new AgentStop(ExitCode.Fatal, StreamSentences.CommandFailed, _name, _process.ExitCode);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // A run that stops leaves nothing behind that writes into a pipe without a reader.
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }

        base.Dispose(disposing);
    }
}
