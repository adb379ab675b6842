namespace BackupOnline.Grains.Interfaces.Replies;

/// <summary>Classes of expected refusals; the door gives each its HTTP status.</summary>
[GenerateSerializer, Alias("bo.refusal-kind")]
public enum RefusalKind
{
    /// <summary>The request is wrong in itself: 400.</summary>
    Invalid = 0,

    /// <summary>No such thing, or not the caller's: 404.</summary>
    NotFound = 1,

    /// <summary>It conflicts with the present state: 409.</summary>
    Conflict = 2,

    /// <summary>The caller may not do this: 403.</summary>
    Forbidden = 3,

    /// <summary>The version that the caller edited is not the present one: 412.</summary>
    Stale = 4,

    /// <summary>No room left: 507.</summary>
    NoRoom = 5,

    /// <summary>Not now, later: 503.</summary>
    Unavailable = 6,
}
