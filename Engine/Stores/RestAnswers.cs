using System.Net;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Stores;

/// <summary>What the statuses of a REST server mean, and what its user is to do.</summary>
internal static class RestAnswers
{
    /// <summary>408, 429 and 5xx say "later", except 507 (full) and 501 (never).</summary>
    public static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        || ((int)status >= 500 && status is not (HttpStatusCode.InsufficientStorage or HttpStatusCode.NotImplemented));

    public static TransientStoreException Transient(HttpResponseMessage answer, TimeProvider time)
    {
        var after = answer.Headers.RetryAfter;
        var wait = after?.Delta ?? (after?.Date is { } date ? date - time.GetUtcNow() : null);
        return new TransientStoreException($"the server answered {(int)answer.StatusCode} {answer.ReasonPhrase}.", wait);
    }

    /// <summary>The status of an operation that neither succeeded nor may succeed later; <paramref name="code"/> is the shelf's own word for it, see <see cref="RefusalCode"/>.</summary>
    public static RepositoryException Refused(HttpStatusCode status, string operation, ObjectName? name, string location, string? code, string detail) => status switch
    {
        HttpStatusCode.Unauthorized => new RepositoryException(
            RepositoryProblem.AccessDenied,
            $"The server at {location} does not accept this user name and password. Check the repository's credential; if it was revoked, ask for a new one."),
        HttpStatusCode.Forbidden when code == RefusalCode.TenantSuspended => new RepositoryException(
            RepositoryProblem.Suspended,
            $"The server at {location} refuses to {operation}{Detail(detail)}"),
        HttpStatusCode.Forbidden => new RepositoryException(
            RepositoryProblem.AccessDenied,
            $"The server at {location} does not allow this credential to {operation}. Use a credential with the scope for it{Detail(detail)}"),
        HttpStatusCode.NotFound when name is { } missing && operation.StartsWith("read", StringComparison.Ordinal) => StoreProblems.NotFound(missing, location),
        HttpStatusCode.NotFound => new RepositoryException(
            RepositoryProblem.NoRepository,
            $"There is no repository at {location}, or this credential is for another one. Check the address, or make the repository with 'init'."),
        HttpStatusCode.InsufficientStorage => new RepositoryException(
            RepositoryProblem.NoRoom,
            $"The server at {location} has no room left for this repository: its quota or its disk is full. Remove old snapshots and prune, or ask for a larger quota; "
            + "then run again: what was stored already is not sent again."),
        _ => new RepositoryException(
            RepositoryProblem.Protocol,
            $"The server at {location} answered {(int)status} when asked to {operation}. Check that the address is one of a restic REST server{Detail(detail)}"),
    };

    private static string Detail(string detail) => detail.Length == 0 ? "." : $"; it says: {detail}";
}
