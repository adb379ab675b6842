using System.Buffers;
using System.Text;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Images;
using BackupOnline.Engine.Mounting;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Agent.Mounting;

/// <summary>
/// What the kernel asks of a mounted repository. What may wait for the repository is answered by a task of its own, the rest at once. A failure is an I/O error to the kernel, and told
/// to <paramref name="onFailure"/>.
/// </summary>
internal sealed class FuseAnswers(MountedRepository mounted, Action<RawPath, Exception> onFailure) : IDisposable
{
    private readonly ItemTable _items = new(mounted.Root);
    private readonly OpenTable<ImageReader> _files = new();
    private readonly OpenTable<IReadOnlyList<MountedItem>> _listings = new();
    private readonly CancellationTokenSource _stop = new();

    // One for ourselves, one for each question that is not answered yet.
    private readonly CountdownEvent _asked = new(1);

    /// <summary>After the last question: stops what is under way, and waits until it is answered.</summary>
    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        _asked.Signal();
        await Task.Run(_asked.Wait, CancellationToken.None);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _asked.Dispose();
    }

    public void Lookup(nint request, ulong folder, RawPath name) => Later(request, folder, async item =>
    {
        if (await mounted.FindAsync(item, name, _stop.Token) is not { } found)
        {
            FuseReply.Error(request, Errno.NotFound);
            return;
        }

        _items.LookedUp(found);
        if (!FuseReply.Entry(request, found))
            _items.Forget(found.Number, 1);
    });

    public void Forget(ulong number, ulong lookups) => _items.Forget(number, lookups);

    public void GetAttributes(nint request, ulong number)
    {
        if (_items.Find(number) is { } item)
            FuseReply.Attributes(request, item);
        else
            FuseReply.Error(request, Errno.Stale);
    }

    public void ReadLink(nint request, ulong number)
    {
        if (_items.Find(number) is { Node.Type: NodeType.Symlink } link)
            FuseReply.Link(request, link);
        else
            FuseReply.Error(request, Errno.InvalidArgument);
    }

    public void Open(nint request, ulong number) => Later(request, number, async item =>
    {
        var handle = _files.Add(await mounted.OpenAsync(item, _stop.Token));
        if (!FuseReply.Open(request, handle))
            await CloseAsync(handle);
    });

    public void Read(nint request, ulong number, ulong handle, int length, long offset) => Later(request, number, async _ =>
    {
        if (_files.Find(handle) is not { } file)
        {
            FuseReply.Error(request, Errno.BadHandle);
            return;
        }

        var wanted = (int)Math.Clamp(file.Size - offset, 0, length);
        var buffer = ArrayPool<byte>.Shared.Rent(wanted);
        try
        {
            await file.ReadAsync(Math.Min(offset, file.Size), buffer.AsMemory(0, wanted), _stop.Token);
            FuseReply.Bytes(request, buffer.AsSpan(0, wanted));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    });

    public void Release(nint request, ulong handle)
    {
        _ = CloseAsync(handle);
        FuseReply.Done(request);
    }

    public void OpenFolder(nint request, ulong number) => Later(request, number, async folder =>
    {
        if (await mounted.ListAsync(folder, _stop.Token) is not { } items)
        {
            FuseReply.Error(request, Errno.NotFound);
            return;
        }

        var handle = _listings.Add(items);
        if (!FuseReply.Open(request, handle))
            _listings.Remove(handle);
    });

    public void ReadFolder(nint request, ulong number, ulong handle, int room, long offset)
    {
        if (_items.Find(number) is { } folder && _listings.Find(handle) is { } items)
            FuseReply.Listing(request, folder, items, room, offset);
        else
            FuseReply.Error(request, Errno.BadHandle);
    }

    public void ReleaseFolder(nint request, ulong handle)
    {
        _listings.Remove(handle);
        FuseReply.Done(request);
    }

    public void GetExtendedAttribute(nint request, ulong number, string name, nuint room)
    {
        if (_items.Find(number)?.Node.ExtendedAttributes.FirstOrDefault(attribute => attribute.Name == name) is { } found)
            FuseReply.ExtendedAttribute(request, found.Value.Span, room);
        else
            FuseReply.Error(request, Errno.NoData);
    }

    public void ListExtendedAttributes(nint request, ulong number, nuint room) =>
        FuseReply.ExtendedAttribute(request, Encoding.UTF8.GetBytes(string.Concat(_items.Find(number)?.Node.ExtendedAttributes.Select(attribute => attribute.Name + '\0') ?? [])), room);

    private void Later(nint request, ulong number, Func<MountedItem, Task> answer)
    {
        if (_items.Find(number) is not { } item)
        {
            FuseReply.Error(request, Errno.Stale);
            return;
        }

        _asked.AddCount();
        _ = Task.Run(async () =>
        {
            try
            {
                await answer(item);
            }
            catch (Exception failure)
            {
                // First the answer: telling may fail too.
                FuseReply.Error(request, Errno.InputOutput);
                if (failure is not OperationCanceledException)
                    onFailure(item.Node.Name, failure);
            }
            finally
            {
                _asked.Signal();
            }
        });
    }

    private async Task CloseAsync(ulong handle)
    {
        if (_files.Remove(handle) is { } file)
            await file.DisposeAsync();
    }
}
