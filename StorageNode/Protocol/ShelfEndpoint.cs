using System.Globalization;
using BackupOnline.Engine.Stores;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.StorageNode.Credentials;
using BackupOnline.StorageNode.Disks;
using BackupOnline.StorageNode.Objects;
using BackupOnline.StorageNode.Probing;
using BackupOnline.StorageNode.Vaults;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Protocol;

/// <summary>One request of the restic REST protocol: for which vault, by whom, for what.</summary>
internal sealed partial class ShelfEndpoint(
    IOptions<ShelfOptions> options,
    Gate gate,
    VaultRegister vaults,
    DiskCrew crew,
    Upload upload,
    Download download,
    Listing listing,
    Deletion deletion,
    ProbeAnswer probe,
    ILogger<ShelfEndpoint> logger)
{
    private readonly ClientAddress _address = new(options.Value);

    public async Task AnswerAsync(HttpContext context)
    {
        try
        {
            await AdmitAsync(context);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await Answer.TextAsync(context, e.StatusCode, "Too large: the body has more bytes than any object of its type", close: true);
        }
        catch (BadHttpRequestException e)
        {
            await Answer.TextAsync(context, e.StatusCode, "The request broke off or is malformed: nothing was stored, send it again", close: true);
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested && e is OperationCanceledException or ConnectionResetException)
        {
            // The client is gone, and with it what was incomplete.
            context.Abort();
        }
        catch (Exception e) when (DiskSpace.IsFull(e))
        {
            await Answer.TextAsync(context, StatusCodes.Status507InsufficientStorage, Room.DiskFull);
        }
        catch (Exception e)
        {
            LogFailed(context.TraceIdentifier, e);
            await Answer.TextAsync(context, StatusCodes.Status500InternalServerError, $"The storage node failed: try again, and tell the provider {context.TraceIdentifier}");
        }
    }

    private async Task AdmitAsync(HttpContext context)
    {
        if (ShelfTarget.Parse(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget) is not { } target)
        {
            await Answer.NotFoundAsync(context);
            return;
        }

        var admission = await gate.AdmitAsync(target.Vault, context.Request.Headers.Authorization, _address.Of(context), context.RequestAborted);
        if (!ConnectionClaim.Admits(context, admission))
        {
            await ConnectionClaim.RefuseAsync(context);
            return;
        }

        if (admission.Kind != AdmissionKind.Granted)
        {
            await RefuseAsync(context, admission);
            return;
        }

        if (admission.IsProbe || target.Probe is not null)
        {
            // A customer's credential learns nothing of the probes, and the prober's opens nothing of the customer's.
            await (admission.IsProbe && target.Probe is { } name ? ProbeAsync(context, target.Vault, name) : Answer.NotFoundAsync(context));
            return;
        }

        var vault = await vaults.OpenAsync(target.Vault);
        if (!vault.TryEnter(options.Value.MaxVaultRequests))
        {
            await LaterAsync(context, StatusCodes.Status503ServiceUnavailable, "Too many requests of this vault at once: try again", TimeSpan.FromSeconds(2));
            return;
        }

        try
        {
            await ServeAsync(context, vault, target, admission);
        }
        finally
        {
            vault.Leave();
        }
    }

    // Probes take none of the vault's places for requests: a customer that uses all of his has no unavailability.
    private async Task ProbeAsync(HttpContext context, VaultKey key, string name) => await probe.AnswerAsync(context, await vaults.OpenAsync(key), name);

    private Task ServeAsync(HttpContext context, Vault vault, ShelfTarget target, Admission admission) =>
        (context.Request.Method, target) switch
        {
            ("GET" or "HEAD", { Object: { } id }) => download.AnswerAsync(context, vault, id),
            ("GET" or "HEAD", { Listing: { } type }) => listing.AnswerAsync(context, vault, type),
            ("DELETE", { Object: { } id }) => deletion.AnswerAsync(context, vault, id, admission),
            ("POST", { Object: { } id }) => MayStore(admission, id.Type) ? upload.AnswerAsync(context, vault, id, admission) : ForbidAsync(context, admission),
            ("POST", { Create: true }) => MayStore(admission, null) ? crew.RunAsync(vault.Folder.Create) : ForbidAsync(context, admission),
            _ => NotAllowedAsync(context, target),
        };

    private static bool MayStore(Admission admission, ObjectType? type) => Scopes.MayStore(admission.Verdict!.Scope, type);

    private static Task ForbidAsync(HttpContext context, Admission admission) =>
        Answer.TextAsync(context, StatusCodes.Status403Forbidden, $"Forbidden: a credential of scope '{Scopes.Word(admission.Verdict!.Scope)}' may not write; use one of scope 'append'");

    private static Task NotAllowedAsync(HttpContext context, ShelfTarget target)
    {
        context.Response.Headers.Allow = target switch { { Object: not null } => "GET, HEAD, POST, DELETE", { Listing: not null } => "GET, HEAD", _ => "POST" };
        return Answer.TextAsync(context, StatusCodes.Status405MethodNotAllowed, "Method not allowed");
    }

    private static Task RefuseAsync(HttpContext context, Admission admission)
    {
        switch (admission.Kind)
        {
            case AdmissionKind.Elsewhere:
                return Answer.NotFoundAsync(context);
            case AdmissionKind.Suspended:
                context.Response.Headers[RefusalCode.Header] = RefusalCode.TenantSuspended;
                return Answer.TextAsync(context, StatusCodes.Status403Forbidden, "Forbidden: the service is suspended; ask the provider");
            case AdmissionKind.Throttled:
                return LaterAsync(context, StatusCodes.Status429TooManyRequests, "Too many wrong credentials: wait", admission.RetryAfter);
            case AdmissionKind.Unreachable:
                return LaterAsync(context, StatusCodes.Status503ServiceUnavailable, "Credentials cannot be checked now: try again", admission.RetryAfter);
            default:
                context.Response.Headers.WWWAuthenticate = "Basic realm=\"Backup OnLine\", charset=\"UTF-8\"";
                return Answer.TextAsync(context, StatusCodes.Status401Unauthorized, "Unauthorized: the key id or its secret is wrong");
        }
    }

    private static Task LaterAsync(HttpContext context, int status, string sentence, TimeSpan after)
    {
        context.Response.Headers.RetryAfter = Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Answer.TextAsync(context, status, sentence);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Shelf request failed: {Request}")]
    private partial void LogFailed(string request, Exception e);
}
