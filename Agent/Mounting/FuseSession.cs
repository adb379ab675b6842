using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Images;
using BackupOnline.Engine.Mounting;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Agent.Mounting;

/// <summary>
/// A mounted repository shown through libfuse: one thread takes the kernel's questions, each is answered by a task of its own. A failure is an I/O error to
/// the kernel, and told to <paramref name="onFailure"/>. A call of the kernel never meets an exception.
/// </summary>
internal sealed class FuseSession(MountedRepository mounted, Action<RawPath, Exception> onFailure) : IDisposable
{
    // The repository never changes under a lock; snapshots come and go.
    private const double Timeout = 60;

    private const int OpenForWriting = 3;

    // Milliseconds.
    private const int LookForTheEnd = 250;

    private readonly ItemTable _items = new(mounted.Root);
    private readonly OpenTable<ImageReader> _files = new();
    private readonly OpenTable<IReadOnlyList<MountedItem>> _listings = new();
    private readonly CancellationTokenSource _stop = new();

    // One for the session, one for each question that is not answered yet.
    private readonly CountdownEvent _open = new(1);
    private GCHandle _self;
    private nint _session;
    private bool _isMounted;

    /// <summary>Mounts. False when libfuse would not; it has written the reason to standard error.</summary>
    public unsafe bool TryMount(string mountPoint, IEnumerable<string> options)
    {
        _self = GCHandle.Alloc(this);
        var operations = new FuseOperations
        {
            Lookup = &OnLookup,
            Forget = &OnForget,
            GetAttributes = &OnGetAttributes,
            ReadLink = &OnReadLink,
            Open = &OnOpen,
            Read = &OnRead,
            Release = &OnRelease,
            OpenFolder = &OnOpenFolder,
            ReadFolder = &OnReadFolder,
            ReleaseFolder = &OnReleaseFolder,
            GetExtendedAttribute = &OnGetExtendedAttribute,
            ListExtendedAttributes = &OnListExtendedAttributes,
        };
        fixed (byte* name = "backuponline\0"u8, flag = "-o\0"u8, list = Terminated(Encoding.UTF8.GetBytes(string.Join(',', options))))
        {
            var values = stackalloc byte*[] { name, flag, list, null };
            var arguments = new FuseLibrary.Arguments { Count = 3, Values = values };
            _session = FuseLibrary.NewSession(&arguments, &operations, (nuint)sizeof(FuseOperations), GCHandle.ToIntPtr(_self));
            FuseLibrary.Free(&arguments);
        }

        return _isMounted = _session != 0 && FuseLibrary.Mount(_session, mountPoint) == 0;
    }

    /// <summary>Answers until it is unmounted, by somebody or by <paramref name="cancellation"/>.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var loop = new Thread(() =>
        {
            AnswerAll(cancellation);
            over.SetResult();
        })
        {
            IsBackground = true,
            Name = "fuse",
        };
        loop.Start();
        await over.Task;
        await _stop.CancelAsync();
        _open.Signal();
        await Task.Run(_open.Wait, CancellationToken.None);
        Unmount();
    }

    public void Dispose()
    {
        Unmount();
        if (_session != 0)
            FuseLibrary.Destroy(_session);
        if (_self.IsAllocated)
            _self.Free();
        _stop.Dispose();
        _open.Dispose();
    }

    private void Unmount()
    {
        if (_isMounted)
            FuseLibrary.Unmount(_session);
        _isMounted = false;
    }

    // The library's own loop sees a wish to end only after the next question, which may never come.
    private unsafe void AnswerAll(CancellationToken cancellation)
    {
        var buffer = default(FuseLibrary.Buffer);
        var ready = new FuseLibrary.PollEntry { Descriptor = FuseLibrary.Descriptor(_session), Wanted = FuseLibrary.PollEntry.Readable };
        while (!cancellation.IsCancellationRequested && FuseLibrary.HasExited(_session) == 0)
        {
            if (FuseLibrary.Poll(&ready, 1, LookForTheEnd) <= 0)
                continue;
            var length = FuseLibrary.Receive(_session, &buffer);
            if (length is -Errno.Interrupted or -Errno.TryAgain)
                continue;
            if (length <= 0)
                break;
            FuseLibrary.Process(_session, &buffer);
        }

        NativeMemory.Free(buffer.Memory);
    }

    private static FuseSession Of(nint request) => (FuseSession)GCHandle.FromIntPtr(FuseLibrary.UserData(request)).Target!;

    private void Answer(nint request, ulong number, Func<MountedItem, Task> work)
    {
        if (_items.Find(number) is not { } item)
        {
            _ = FuseLibrary.ReplyError(request, Errno.Stale);
            return;
        }

        _open.AddCount();
        _ = Task.Run(async () =>
        {
            try
            {
                await work(item);
            }
            catch (Exception failure)
            {
                // First the answer: telling may fail too.
                _ = FuseLibrary.ReplyError(request, Errno.InputOutput);
                if (failure is not OperationCanceledException)
                    onFailure(item.Node.Name, failure);
            }
            finally
            {
                _open.Signal();
            }
        });
    }

    private async Task LookupAsync(nint request, MountedItem folder, RawPath name)
    {
        if (await mounted.FindAsync(folder, name, _stop.Token) is { } found)
            ReplyEntry(request, found);
        else
            _ = FuseLibrary.ReplyError(request, Errno.NotFound);
    }

    private async Task OpenAsync(nint request, MountedItem file)
    {
        var handle = _files.Add(mounted.Open(file));
        if (!ReplyOpen(request, handle))
            await ReleaseAsync(handle);
    }

    private async Task ReadAsync(nint request, ulong handle, int length, long offset)
    {
        if (_files.Find(handle) is not { } file)
        {
            _ = FuseLibrary.ReplyError(request, Errno.BadHandle);
            return;
        }

        var wanted = (int)Math.Clamp(file.Size - offset, 0, length);
        var buffer = ArrayPool<byte>.Shared.Rent(wanted);
        try
        {
            await file.ReadAsync(Math.Min(offset, file.Size), buffer.AsMemory(0, wanted), _stop.Token);
            ReplyBytes(request, buffer.AsSpan(0, wanted));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task ReleaseAsync(ulong handle)
    {
        if (_files.Remove(handle) is { } file)
            await file.DisposeAsync();
    }

    private async Task OpenFolderAsync(nint request, MountedItem folder)
    {
        if (await mounted.ListAsync(folder, _stop.Token) is not { } items)
        {
            _ = FuseLibrary.ReplyError(request, Errno.NotFound);
            return;
        }

        var handle = _listings.Add(items);
        if (!ReplyOpen(request, handle))
            _listings.Remove(handle);
    }

    private unsafe void ReplyEntry(nint request, MountedItem item)
    {
        Span<byte> entry = stackalloc byte[FuseStatus.EntryBytes];
        FuseStatus.WriteEntry(entry, item, Timeout);
        _items.LookedUp(item);

        // Nobody waits for the answer any more, and nobody will forget the item.
        fixed (byte* bytes = entry)
        {
            if (FuseLibrary.ReplyEntry(request, bytes) != 0)
                _items.Forget(item.Number, 1);
        }
    }

    // Content never changes: what the kernel has of it is right.
    private static unsafe bool ReplyOpen(nint request, ulong handle)
    {
        var file = new FuseLibrary.FileInfo { Bits = FuseLibrary.FileInfo.KeepCache, Handle = handle };
        return FuseLibrary.ReplyOpen(request, &file) == 0;
    }

    private static unsafe void ReplyBytes(nint request, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
            _ = FuseLibrary.ReplyBytes(request, start, (nuint)bytes.Length);
    }

    /// <summary>As getxattr(2) and listxattr(2) answer: room of 0 asks for the length.</summary>
    private static void ReplyAttribute(nint request, ReadOnlySpan<byte> value, nuint room)
    {
        if (room == 0)
            _ = FuseLibrary.ReplyLength(request, (nuint)value.Length);
        else if (room < (nuint)value.Length)
            _ = FuseLibrary.ReplyError(request, Errno.Range);
        else
            ReplyBytes(request, value);
    }

    private unsafe void ReplyListing(nint request, MountedItem folder, IReadOnlyList<MountedItem> items, int length, long offset)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        Span<byte> status = stackalloc byte[FuseStatus.EntryBytes];
        var used = 0;
        fixed (byte* start = buffer, stat = status)
        {
            for (var at = offset; at < items.Count + 2; at++)
            {
                var item = at < 2 ? folder : items[(int)at - 2];
                FuseStatus.Write(status, item);
                fixed (byte* name = Terminated(at switch { 0 => "."u8, 1 => ".."u8, _ => item.Node.Name.Bytes }))
                {
                    var needed = (int)FuseLibrary.AddEntry(request, start + used, (nuint)(length - used), name, stat, at + 1);
                    if (needed > length - used)
                        break;
                    used += needed;
                }
            }
        }

        ReplyBytes(request, buffer.AsSpan(0, used));
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static byte[] Terminated(ReadOnlySpan<byte> bytes) => [.. bytes, 0];

    [UnmanagedCallersOnly]
    private static unsafe void OnLookup(nint request, ulong folder, byte* name)
    {
        var session = Of(request);
        var wanted = new RawPath(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name));
        session.Answer(request, folder, item => session.LookupAsync(request, item, wanted));
    }

    [UnmanagedCallersOnly]
    private static void OnForget(nint request, ulong number, ulong lookups)
    {
        Of(request)._items.Forget(number, lookups);
        FuseLibrary.ReplyNone(request);
    }

    [UnmanagedCallersOnly]
    private static unsafe void OnGetAttributes(nint request, ulong number, FuseLibrary.FileInfo* file)
    {
        if (Of(request)._items.Find(number) is not { } item)
        {
            _ = FuseLibrary.ReplyError(request, Errno.Stale);
            return;
        }

        Span<byte> status = stackalloc byte[FuseStatus.EntryBytes];
        FuseStatus.Write(status, item);
        fixed (byte* bytes = status)
            _ = FuseLibrary.ReplyAttributes(request, bytes, Timeout);
    }

    [UnmanagedCallersOnly]
    private static unsafe void OnReadLink(nint request, ulong number)
    {
        if (Of(request)._items.Find(number) is not { Node.Type: NodeType.Symlink } link)
        {
            _ = FuseLibrary.ReplyError(request, Errno.InvalidArgument);
            return;
        }

        fixed (byte* target = Terminated(link.Node.LinkTarget.Bytes))
            _ = FuseLibrary.ReplyLink(request, target);
    }

    [UnmanagedCallersOnly]
    private static unsafe void OnOpen(nint request, ulong number, FuseLibrary.FileInfo* file)
    {
        if ((file->Flags & OpenForWriting) != 0)
        {
            _ = FuseLibrary.ReplyError(request, Errno.ReadOnly);
            return;
        }

        var session = Of(request);
        session.Answer(request, number, item => session.OpenAsync(request, item));
    }

    [UnmanagedCallersOnly]
    private static unsafe void OnRead(nint request, ulong number, nuint length, long offset, FuseLibrary.FileInfo* file)
    {
        var (session, handle) = (Of(request), file->Handle);
        session.Answer(request, number, _ => session.ReadAsync(request, handle, (int)length, offset));
    }

    [UnmanagedCallersOnly]
    private static unsafe void OnRelease(nint request, ulong number, FuseLibrary.FileInfo* file)
    {
        _ = Of(request).ReleaseAsync(file->Handle);
        _ = FuseLibrary.ReplyError(request, 0);
    }

    [UnmanagedCallersOnly]
    private static unsafe void OnOpenFolder(nint request, ulong number, FuseLibrary.FileInfo* file)
    {
        var session = Of(request);
        session.Answer(request, number, item => session.OpenFolderAsync(request, item));
    }

    [UnmanagedCallersOnly]
    private static unsafe void OnReadFolder(nint request, ulong number, nuint length, long offset, FuseLibrary.FileInfo* file)
    {
        var session = Of(request);
        if (session._items.Find(number) is { } folder && session._listings.Find(file->Handle) is { } items)
            session.ReplyListing(request, folder, items, (int)length, offset);
        else
            _ = FuseLibrary.ReplyError(request, Errno.BadHandle);
    }

    [UnmanagedCallersOnly]
    private static unsafe void OnReleaseFolder(nint request, ulong number, FuseLibrary.FileInfo* file)
    {
        Of(request)._listings.Remove(file->Handle);
        _ = FuseLibrary.ReplyError(request, 0);
    }

    [UnmanagedCallersOnly]
    private static unsafe void OnGetExtendedAttribute(nint request, ulong number, byte* name, nuint room)
    {
        var wanted = Marshal.PtrToStringUTF8((nint)name);
        if (Of(request)._items.Find(number)?.Node.ExtendedAttributes.FirstOrDefault(attribute => attribute.Name == wanted) is { } found)
            ReplyAttribute(request, found.Value.Span, room);
        else
            _ = FuseLibrary.ReplyError(request, Errno.NoData);
    }

    [UnmanagedCallersOnly]
    private static void OnListExtendedAttributes(nint request, ulong number, nuint room)
    {
        var names = string.Concat(Of(request)._items.Find(number)?.Node.ExtendedAttributes.Select(attribute => attribute.Name + '\0') ?? []);
        ReplyAttribute(request, Encoding.UTF8.GetBytes(names), room);
    }
}
