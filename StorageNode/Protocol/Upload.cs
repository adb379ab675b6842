using System.IO.Pipelines;
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
    private const int MostFraming = 8;

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
            await (await ReceiveAsync(context.Request.BodyReader, upload, length is null ? room : null, id.Type, context.RequestAborted) is { } refusal
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

    private async Task<(int Status, string Sentence)?> ReceiveAsync(PipeReader body, Incoming upload, Room? growing, ObjectType type, CancellationToken aborted)
    {
        var intake = new Intake(body, upload, growing, type, type.MostBytes(options.Value));
        using var idle = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, idle.Token);
        try
        {
            while (true)
            {
                idle.CancelAfter(options.Value.IdleBody);
                if (!await intake.WaitAsync(either.Token))
                    continue;

                idle.CancelAfter(Timeout.InfiniteTimeSpan);
                await crew.RunAsync(intake.TakeWhatCame);
                if (intake.IsOver)
                    return intake.Refusal;
            }
        }
        catch (OperationCanceledException) when (idle.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            return (StatusCodes.Status408RequestTimeout, $"No byte came for {options.Value.IdleBody.TotalSeconds:0} s: send it again");
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
