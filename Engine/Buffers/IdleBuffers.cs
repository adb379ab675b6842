namespace BackupOnline.Engine.Buffers;

/// <summary>Idle buffers of one capacity.</summary>
/// <param name="capacity">Bytes; a longer buffer is made for its use alone.</param>
/// <param name="keep">Bytes whose pages an idle buffer keeps.</param>
/// <param name="maxIdle">Buffers beyond that are freed.</param>
/// <param name="smallPages">As <see cref="NativeBuffer"/> has it.</param>
internal sealed class IdleBuffers(int capacity, int keep, int maxIdle, int smallPages = 0)
{
    private readonly Lock _gate = new();
    private readonly Stack<NativeBuffer> _idle = new(maxIdle);

    public RentedBuffer Rent(int length)
    {
        if (length > capacity)
            return new RentedBuffer(this, new NativeBuffer(length), length);
        lock (_gate)
        {
            if (_idle.TryPop(out var idle))
                return new RentedBuffer(this, idle, length);
        }

        return new RentedBuffer(this, new NativeBuffer(capacity, smallPages), length);
    }

    public void FreeIdle()
    {
        lock (_gate)
        {
            while (_idle.TryPop(out var buffer))
                ((IDisposable)buffer).Dispose();
        }
    }

    public void Return(NativeBuffer buffer, int used)
    {
        if (buffer.Capacity == capacity)
        {
            buffer.Trim(keep, used);
            lock (_gate)
            {
                if (_idle.Count < maxIdle)
                {
                    _idle.Push(buffer);
                    return;
                }
            }
        }

        ((IDisposable)buffer).Dispose();
    }
}
