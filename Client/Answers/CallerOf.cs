using BackupOnline.Client.Access;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Replies;

namespace BackupOnline.Client.Answers;

/// <summary>Who stands behind a request, as grains and log see it, and the operation id that makes it idempotent.</summary>
internal static class CallerOf
{
    public const string IdempotencyKey = "Idempotency-Key";

    private const int LongestKey = 100;

    public static Caller Request(HttpContext http) => Request(http, Visitor.Of(http).Actor);

    public static Caller Request(HttpContext http, string actor) =>
        new() { Operation = OperationOf(http) ?? Guid.NewGuid().ToString("N"), Actor = actor, Address = Address(http) };

    /// <summary>The peer, or what a trusted proxy says about it.</summary>
    public static string? Address(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        return address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4().ToString() : address?.ToString();
    }

    /// <summary>Refuses a malformed Idempotency-Key before anything is done.</summary>
    public static async ValueTask<object?> RefuseBadKeysAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var values = context.HttpContext.Request.Headers[IdempotencyKey];
        var good = values.Count == 0 || (values.Count == 1 && values[0] is { Length: >= 1 and <= LongestKey } key && key.All(letter => letter is >= ' ' and <= '~'));
        return good
            ? await next(context)
            : Problem.Of(StatusCodes.Status400BadRequest, "idempotency-key-invalid", $"{IdempotencyKey} must be one header of 1 to {LongestKey} printable ASCII characters; a UUID is a good one.");
    }

    /// <summary>
    /// True when this very request made what the reply tells of. Without a key of the caller the operation id is the door's own, so a repetition can only be the
    /// door's second try after a silo that did not answer.
    /// </summary>
    public static bool MadeBy<T>(HttpContext http, Reply<T> reply)
        where T : class => reply.IsFirst || OperationOf(http) is null;

    private static string? OperationOf(HttpContext http) => http.Request.Headers[IdempotencyKey] is [{ } key] ? key : null;
}
