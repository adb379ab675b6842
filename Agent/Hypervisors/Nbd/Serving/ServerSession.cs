using System.Buffers;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Agent.Hypervisors.Nbd.Serving;

/// <summary>One client, from its greeting to its end. Several of its requests are worked on at once: blocks may come from far away.</summary>
/// <param name="stream">To the client.</param>
/// <param name="exports">What it may choose from.</param>
/// <param name="onFailure">Told why something could not be read; the client gets an input error.</param>
/// <param name="onServed">Told how many bytes were read for it.</param>
internal sealed class ServerSession(Stream stream, IReadOnlyList<ServedDisk> exports, Action<Exception> onFailure, Action<long> onServed)
{
    private const int MaxAtOnce = 16;

    /// <summary>Statuses of one reply: the rest is asked for again.</summary>
    private const int MaxStatuses = 4096;

    public async Task RunAsync(CancellationToken cancellation)
    {
        var handshake = new ServerHandshake(stream, exports);
        if (await handshake.RunAsync(cancellation) is not { } export)
            return;
        using var replies = new ServerReplies(stream, handshake.Structured);
        using var room = new SemaphoreSlim(MaxAtOnce);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            var wire = new byte[ServedRequest.WireLength];
            while (true)
            {
                await stream.ReadExactlyAsync(wire, stop.Token);
                if (ServedRequest.Parse(wire) is not { Command: not NbdCommand.Disconnect } request)
                    return;
                if (request.Command == NbdCommand.Write && !await SkipAsync(request.Length, stop.Token))
                    return;
                await room.WaitAsync(stop.Token);
                _ = AnswerAsync(request);
            }
        }
        finally
        {
            await stop.CancelAsync();
            for (var i = 0; i < MaxAtOnce; i++)
                await room.WaitAsync(CancellationToken.None);
        }

        async Task AnswerAsync(ServedRequest request)
        {
            try
            {
                await AnswerOneAsync(replies, export, handshake, request, stop.Token);
            }
            catch (Exception failure) when (failure is IOException or OperationCanceledException or ObjectDisposedException)
            {
                await stop.CancelAsync();
            }
            finally
            {
                room.Release();
            }
        }
    }

    private async Task AnswerOneAsync(ServerReplies replies, ServedDisk export, ServerHandshake handshake, ServedRequest request, CancellationToken cancellation)
    {
        var inside = request.IsInside(export.Image.Size);
        switch (request.Command)
        {
            case NbdCommand.Read when inside && request.Length <= NbdOffer.MaxRequest:
                await ReadAsync(replies, export, handshake.Structured, request, cancellation);
                break;
            case NbdCommand.BlockStatus when inside && handshake.Allocation:
                await replies.StatusAsync(request.Cookie, Statuses(export, request), cancellation);
                break;
            case NbdCommand.Flush:
                await replies.DoneAsync(request.Cookie, cancellation);
                break;
            case NbdCommand.Write or NbdCommand.Trim or NbdCommand.WriteZeroes:
                await replies.ErrorAsync(request.Cookie, NbdError.NotPermitted, cancellation);
                break;
            default:
                await replies.ErrorAsync(request.Cookie, NbdError.Invalid, cancellation);
                break;
        }
    }

    private async Task ReadAsync(ServerReplies replies, ServedDisk export, bool structured, ServedRequest request, CancellationToken cancellation)
    {
        var (offset, length) = ((long)request.Offset, (int)request.Length);
        if (structured && export.Image.Extents(offset, length).First() is { IsZero: true } zeros && zeros.Length == length)
        {
            await replies.HoleAsync(request.Cookie, request.Offset, request.Length, cancellation);
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            try
            {
                await export.Image.ReadAsync(offset, buffer.AsMemory(0, length), cancellation);
            }
            catch (RepositoryException failure)
            {
                onFailure(failure);
                await replies.ErrorAsync(request.Cookie, NbdError.InputOutput, cancellation);
                return;
            }

            onServed(length);
            await replies.DataAsync(request.Cookie, request.Offset, buffer.AsMemory(0, length), cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static List<(uint Length, bool IsZero)> Statuses(ServedDisk export, ServedRequest request) =>
        [.. export.Image.Extents((long)request.Offset, request.Length)
            .Take(request.Flags.HasFlag(NbdCommandFlags.RequestOne) ? 1 : MaxStatuses)
            .Select(extent => ((uint)extent.Length, extent.IsZero))];

    // What a client wants to write has to be taken off the line before it can be refused.
    private async Task<bool> SkipAsync(uint length, CancellationToken cancellation)
    {
        if (length > NbdOffer.MaxRequest)
            return false;
        var buffer = new byte[64 << 10];
        for (var left = (int)length; left > 0;)
        {
            var part = Math.Min(left, buffer.Length);
            await stream.ReadExactlyAsync(buffer.AsMemory(0, part), cancellation);
            left -= part;
        }

        return true;
    }
}
