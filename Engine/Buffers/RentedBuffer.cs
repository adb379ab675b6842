namespace BackupOnline.Engine.Buffers;

/// <summary>A lent buffer, exactly as long as was asked for. Disposing of it returns it: once, and no span of it is used afterwards.</summary>
internal readonly struct RentedBuffer(IdleBuffers owner, NativeBuffer buffer, int length) : IDisposable
{
    public Memory<byte> Memory => buffer.Memory[..length];

    public Span<byte> Span => buffer.GetSpan()[..length];

    /// <summary>The same lent buffer for a user who has written its first bytes only; in place of this one.</summary>
    public RentedBuffer Shorten(int used) => new(owner, buffer, used);

    public void Dispose() => owner.Return(buffer, length);
}
