using System.Buffers;
using BackupOnline.StorageNode.Announcements;
using BackupOnline.StorageNode.Credentials;
using BackupOnline.StorageNode.Disks;
using BackupOnline.StorageNode.Objects;
using BackupOnline.StorageNode.Vaults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Protocol;

/// <summary>POST of one object: room first, then the body, hashed while it arrives, then its name; 200 only when it would survive a power cut.</summary>
internal sealed class Upload(IOptions<ShelfOptions> options, DiskCrew crew, DiskSpace space, TimeProvider clock, News news)
{
    // Large pieces: each is one write and one hash step (engine-speed section 3).
    private const int Piece = 256 << 10;

    private const int MostFraming = 8;

    // A body without a length takes its room in steps of this size.
    private const int RoomStep = 4 << 20;

    public async Task AnswerAsync(HttpContext context, Vault vault, ObjectId id, Admission admission)
    {
        var most = id.Type.MostBytes(options.Value);
        var length = context.Request.ContentLength;
        if (length > most)
        {
            await Answer.TextAsync(context, StatusCodes.Status413PayloadTooLarge, $"Too large: {id.Type.Word()} objects have at most {most} bytes", close: true);
            return;
        }

        // We count what the object has; Kestrel's count of a chunked body has the framing too, at worst six bytes for each of ours.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MostFraming * most;

        // What is there already takes no room: its body is hashed and let go.
        var isThere = id.Type != ObjectType.Config && length is not null && await crew.RunAsync(() => vault.Size(id)) == length;
        using var room = new Room(vault.Usage, space, admission.Verdict!, id.Type);
        if (!isThere && room.Take(length ?? 0) is { } full)
        {
            await Answer.TextAsync(context, StatusCodes.Status507InsufficientStorage, full);
            return;
        }

        try
        {
            using var upload = await crew.RunAsync(() => Open(vault, isThere, length));
            await (await ReceiveAsync(context.Request.Body, upload, length is null ? room : null, id.Type, context.RequestAborted) is { } refusal
                ? Answer.TextAsync(context, refusal.Status, refusal.Sentence, close: true)
                : TakeAsync(context, vault, id, upload, admission.KeyId!));
        }
        catch (IOException e) when (DiskSpace.IsFull(e))
        {
            await Answer.TextAsync(context, StatusCodes.Status507InsufficientStorage, Room.DiskFull);
        }
    }

    private static Incoming Open(Vault vault, bool isThere, long? length)
    {
        if (isThere)
            return Incoming.HashOnly();

        vault.Folder.Create();
        return Incoming.ToFile(vault.Folder, length);
    }

    private async Task<(int Status, string Sentence)?> ReceiveAsync(Stream body, Incoming upload, Room? growing, ObjectType type, CancellationToken aborted)
    {
        var most = type.MostBytes(options.Value);
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        using var idle = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, idle.Token);
        try
        {
            for (var granted = 0L; ;)
            {
                var filled = await FillAsync(body, buffer, idle, either.Token);
                if (filled == 0)
                    return null;

                if (upload.Bytes + filled > most)
                    return (StatusCodes.Status413PayloadTooLarge, $"Too large: {type.Word()} objects have at most {most} bytes");

                for (; growing is not null && upload.Bytes + filled > granted; granted += RoomStep)
                {
                    if (growing.Take(RoomStep) is { } full)
                        return (StatusCodes.Status507InsufficientStorage, full);
                }

                await crew.RunAsync(() => upload.Append(buffer.AsSpan(0, filled)));
            }
        }
        catch (OperationCanceledException) when (idle.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            return (StatusCodes.Status408RequestTimeout, $"No byte came for {options.Value.IdleBody.TotalSeconds:0} s: send it again");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask<int> FillAsync(Stream body, byte[] buffer, CancellationTokenSource idle, CancellationToken cancellation)
    {
        var filled = 0;
        while (filled < Piece)
        {
            idle.CancelAfter(options.Value.IdleBody);
            var read = await ReadAsync(body, buffer.AsMemory(filled, Piece - filled), cancellation);
            if (read == 0)
                break;

            filled += read;
        }

        idle.CancelAfter(Timeout.InfiniteTimeSpan);
        return filled;
    }

    private static async ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellation);
        }
        catch (IOException e) when (e.InnerException is OverflowException)
        {
            // Kestrel's word for a chunk that claims 2^63 bytes or more: the request's fault, not the disk's.
            throw new BadHttpRequestException("The size of a chunk is not a number that can be.", StatusCodes.Status400BadRequest, e);
        }
    }

    // From here on the client's absence changes nothing: the bytes are complete.
    private async Task TakeAsync(HttpContext context, Vault vault, ObjectId id, Incoming upload, string keyId)
    {
        if (id.Type != ObjectType.Config && upload.Name() != id.Name)
        {
            await Answer.TextAsync(context, StatusCodes.Status400BadRequest, "The content does not match its name: nothing was stored, send it again");
            return;
        }

        var outcome = await crew.RunAsync(() => vault.Commit(id, upload, keyId));
        if (outcome == CommitOutcome.Stored)
            news.Stored(vault, id, upload.Bytes, keyId);

        await (outcome switch
        {
            CommitOutcome.ConfigDiffers => Answer.TextAsync(context, StatusCodes.Status403Forbidden, "Forbidden: this vault has its config already, and it is never overwritten"),
            CommitOutcome.Vanished => Answer.TextAsync(context, StatusCodes.Status503ServiceUnavailable, "The object was deleted meanwhile: send it again"),
            _ => Task.CompletedTask,
        });
    }
}
