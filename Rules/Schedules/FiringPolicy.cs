using NodaTime;

namespace BackupOnline.Rules.Schedules;

/// <summary>The numbers of <see cref="FiringRule"/>. They are ours, not the contract's.</summary>
public sealed record FiringPolicy
{
    public static FiringPolicy Default { get; } = new();

    /// <summary>Wait before the second attempt; doubled for each further one. Default 30 seconds.</summary>
    public Duration BackOff { get; init; } = Duration.FromSeconds(30);

    /// <summary>The longest such wait, before its spread; default 1 hour.</summary>
    public Duration MaxBackOff { get; init; } = Duration.FromHours(1);

    /// <summary>A start that much after its due instant is late and goes into the record; default 1 minute.</summary>
    public Duration LateAfter { get; init; } = Duration.FromMinutes(1);
}
