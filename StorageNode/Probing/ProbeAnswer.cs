using BackupOnline.StorageNode.Disks;
using BackupOnline.StorageNode.Protocol;
using BackupOnline.StorageNode.Vaults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BackupOnline.StorageNode.Probing;

/// <summary>
/// <c>/{tenant}/{vault}/.probe/{name}</c>, for the availability prober alone (decision 22): POST, GET, DELETE of a small object named by its SHA-256.
/// A disk that customers find full is full for the probe too; the customer's quota does not matter to it.
/// </summary>
internal sealed class ProbeAnswer(DiskCrew crew, DiskSpace space, TimeProvider clock)
{
    public const int MostBytes = 64 << 10;

    /// <summary>For the whole body.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public Task AnswerAsync(HttpContext context, Vault vault, string name) => context.Request.Method switch
    {
        "POST" => WriteAsync(context, vault.Folder, name),
        "GET" => ReadAsync(context, vault.Folder, name),
        "DELETE" => crew.RunAsync(() => ProbeArea.Delete(vault.Folder, name)),
        _ => NotAllowedAsync(context),
    };

    private async Task WriteAsync(HttpContext context, VaultFolder folder, string name)
    {
        if (context.Request.ContentLength is not { } length || length is < 1 or > MostBytes)
        {
            await Answer.TextAsync(context, StatusCodes.Status413PayloadTooLarge, $"A probe has 1 to {MostBytes} bytes, and says how many", close: true);
            return;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MostBytes;

        if (!await crew.RunAsync(() => ProbeArea.MayWrite(folder, clock.GetUtcNow())))
        {
            await Answer.TextAsync(context, StatusCodes.Status429TooManyRequests, $"At most {ProbeArea.MostObjects} probes at once: delete those that were read", close: true);
            return;
        }

        if (!space.HasRoomFor(length, freesSpace: false))
        {
            await Answer.TextAsync(context, StatusCodes.Status507InsufficientStorage, Room.DiskFull, close: true);
            return;
        }

        var bytes = new byte[length];
        using var late = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, late.Token);
        try
        {
            await context.Request.Body.ReadExactlyAsync(bytes, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            await Answer.TextAsync(context, StatusCodes.Status408RequestTimeout, $"The probe's bytes did not come within {Patience.TotalSeconds:0} s", close: true);
            return;
        }

        if (!await crew.RunAsync(() => ProbeArea.Write(folder, name, bytes)))
            await Answer.TextAsync(context, StatusCodes.Status400BadRequest, "The content does not match its name: nothing was stored");
    }

    private async Task ReadAsync(HttpContext context, VaultFolder folder, string name)
    {
        if (await crew.RunAsync(() => ProbeArea.Read(folder, name)) is not { } bytes)
        {
            await Answer.NotFoundAsync(context);
            return;
        }

        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static Task NotAllowedAsync(HttpContext context)
    {
        context.Response.Headers.Allow = "GET, POST, DELETE";
        return Answer.TextAsync(context, StatusCodes.Status405MethodNotAllowed, "Method not allowed");
    }
}
