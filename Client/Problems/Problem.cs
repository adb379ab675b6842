using BackupOnline.Grains.Interfaces.Replies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BackupOnline.Client.Problems;

/// <summary>Every refusal of the door is made here: RFC 9457 with a stable code and a sentence that says what to do.</summary>
internal static class Problem
{
    public const string CodeMember = "code";
    public const string ErrorsMember = "errors";
    public const string RetryAfterMember = "retryAfterSeconds";
    public const string TraceMember = "traceId";

    public static ProblemHttpResult Of(int status, string code, string detail) => TypedResults.Problem(Details(status, code, detail));

    /// <summary>A refusal that is over after a while; the writer adds the Retry-After header.</summary>
    public static ProblemHttpResult Later(int status, string code, string detail, TimeSpan after)
    {
        var details = Details(status, code, detail);
        details.Extensions[RetryAfterMember] = (long)Math.Max(1, Math.Ceiling(after.TotalSeconds));
        return TypedResults.Problem(details);
    }

    public static ProblemHttpResult Invalid(IReadOnlyList<FieldFault> faults)
    {
        var details = Details(StatusCodes.Status400BadRequest, "request-invalid", string.Join(' ', faults.Select(fault => $"{fault.Field}: {fault.Detail}")));
        details.Extensions[ErrorsMember] = faults;
        return TypedResults.Problem(details);
    }

    /// <summary>The one answer for what does not exist, is malformed, or belongs to somebody else: nobody learns which. In the words of the grains.</summary>
    public static ProblemHttpResult Unknown(string what) =>
        Of(StatusCodes.Status404NotFound, $"{what}-not-found", $"There is no such {what}. Check the name.");

    /// <summary>The status of each class of refusal, in one place.</summary>
    public static ProblemHttpResult From(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.Unavailable => Later(StatusCodes.Status503ServiceUnavailable, refusal.Code, refusal.Advice, TimeSpan.FromSeconds(5)),
        _ => Of(StatusOf(refusal.Kind), refusal.Code, refusal.Advice),
    };

    public static ProblemDetails Details(int status, string code, string detail) =>
        new() { Status = status, Detail = detail, Extensions = { [CodeMember] = code } };

    private static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status400BadRequest,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Stale => StatusCodes.Status412PreconditionFailed,
        RefusalKind.NoRoom => StatusCodes.Status507InsufficientStorage,
        _ => StatusCodes.Status500InternalServerError,
    };
}
