using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Credentials;
using BackupOnline.StorageNode.Metering;
using BackupOnline.StorageNode.Shaping;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace BackupOnline.StorageNode.Protocol;

/// <summary>A connection belongs to the first tenant that shows a good credential on it, and its traffic with it; a prober's is never counted (decisions 21, 22).</summary>
internal static class ConnectionClaim
{
    /// <summary>False when the connection is another's already.</summary>
    public static bool Admits(HttpContext context, Admission admission)
    {
        if (admission.Tenant is not { } tenant || context.Features.Get<MeteredConnection>() is not { } connection)
            return true;

        if (admission.IsProbe)
            return connection.TryExempt();

        if (!connection.TryOwn(tenant))
            return false;

        connection.Pace?.Weigh(admission.Verdict?.Scope == CredentialScope.Restore, context.Request.Headers[WorkWeight.Header]);
        return true;
    }

    /// <summary>503 and not 421: stock restic and our agent try again after it, and on a new connection, because this one closes.</summary>
    public static Task RefuseAsync(HttpContext context)
    {
        context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        context.Response.Headers.RetryAfter = "0";
        return Answer.TextAsync(context, StatusCodes.Status503ServiceUnavailable, "This connection serves another customer: open a new one and try again", close: true);
    }
}
