namespace BackupOnline.Grains.Interfaces.Replies;

/// <summary>An expected refusal: a stable code for programs and one sentence that says what to do.</summary>
[GenerateSerializer, Immutable, Alias("bo.refusal")]
public sealed record Refusal
{
    [Id(0)] public required RefusalKind Kind { get; init; }

    /// <summary>Stable, kebab-case: <c>terms-not-accepted</c>.</summary>
    [Id(1)] public required string Code { get; init; }

    /// <summary>For a person: what is wrong and what to do. Holds no secret.</summary>
    [Id(2)] public required string Advice { get; init; }

    public static Refusal Invalid(string code, string advice) => new() { Kind = RefusalKind.Invalid, Code = code, Advice = advice };

    public static Refusal NotFound(string code, string advice) => new() { Kind = RefusalKind.NotFound, Code = code, Advice = advice };

    public static Refusal Conflict(string code, string advice) => new() { Kind = RefusalKind.Conflict, Code = code, Advice = advice };

    public static Refusal Forbidden(string code, string advice) => new() { Kind = RefusalKind.Forbidden, Code = code, Advice = advice };

    public static Refusal Stale(string code, string advice) => new() { Kind = RefusalKind.Stale, Code = code, Advice = advice };

    public static Refusal NoRoom(string code, string advice) => new() { Kind = RefusalKind.NoRoom, Code = code, Advice = advice };

    public static Refusal Unavailable(string code, string advice) => new() { Kind = RefusalKind.Unavailable, Code = code, Advice = advice };
}
