using System.Net;

namespace BackupOnline.Agent.Door;

/// <summary>What came back: a value, the door's refusal, or nothing (<see cref="Unreachable"/> tells why).</summary>
internal sealed record DoorAnswer<T>
    where T : class
{
    public T? Value { get; init; }

    public DoorProblem? Refusal { get; init; }

    public HttpStatusCode? Status { get; init; }

    /// <summary>No answer at all, or one of 500 and above or 429: trying later may help.</summary>
    public string? Unreachable { get; init; }

    /// <summary>The door's clock when it answered.</summary>
    public DateTimeOffset? Date { get; init; }
}
