using Microsoft.Win32.SafeHandles;

namespace BackupOnline.Agent.Hypervisors.Vhdx;

/// <summary>A VHDX file as it reads once its log is applied: the file itself is never written. Reads may run in parallel.</summary>
internal sealed class VhdxBytes(string path, SafeFileHandle handle) : IDisposable
{
    private readonly long _length = RandomAccess.GetLength(handle);
    private VhdxReplay _replay = VhdxReplay.Nothing;

    public string Path => path;

    /// <summary>Bytes, with what the log adds at the end.</summary>
    public long Length => Math.Max(_length, _replay.FileLength);

    /// <summary>Opens for reading; a hypervisor that holds the file open for reading, or a writer that allows it, is no obstacle.</summary>
    public static VhdxBytes Open(string path) =>
        new(path, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous | FileOptions.RandomAccess));

    public void Apply(VhdxReplay replay) => _replay = replay;

    /// <exception cref="VhdxException">The file ends before.</exception>
    public void Read(long offset, Span<byte> buffer)
    {
        Check(offset, buffer.Length);
        for (var filled = 0; filled < buffer.Length;)
        {
            var read = RandomAccess.Read(handle, buffer[filled..], offset + filled);
            if (read == 0)
            {
                buffer[filled..].Clear();
                break;
            }

            filled += read;
        }

        _replay.Overlay(offset, buffer);
    }

    /// <exception cref="VhdxException">The file ends before.</exception>
    public async ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
    {
        Check(offset, buffer.Length);
        for (var filled = 0; filled < buffer.Length;)
        {
            var read = await RandomAccess.ReadAsync(handle, buffer[filled..], offset + filled, cancellation);
            if (read == 0)
            {
                buffer.Span[filled..].Clear();
                break;
            }

            filled += read;
        }

        _replay.Overlay(offset, buffer.Span);
    }

    public void Dispose() => handle.Dispose();

    private void Check(long offset, long length)
    {
        if (offset < 0 || offset > Length - length)
            throw VhdxException.Damaged(path, $"it ends at {Length}, before the {length} bytes at {offset} that it should hold");
    }
}
