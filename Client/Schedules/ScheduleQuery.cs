using System.ComponentModel;
using BackupOnline.Client.Problems;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Persistence.Schedules;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BackupOnline.Client.Schedules;

/// <summary>Which schedules are wanted.</summary>
internal readonly record struct ScheduleQuery
{
    private const int LongestKind = 60;

    [Description("Of this customer alone.")]
    [FromQuery(Name = "tenant")]
    public string? Tenant { get; init; }

    [Description("Of this kind alone, such as 'contract.boundary' or 'traffic.seal'.")]
    [FromQuery(Name = "kind")]
    public string? Kind { get; init; }

    [Description("True: those alone whose last firing failed, or that have been due for more than two minutes.")]
    [DefaultValue(false)]
    [FromQuery(Name = "troubled")]
    public bool? Troubled { get; init; }

    public ProblemHttpResult? Fault() =>
        Tenant is { } tenant && !NameRule.IsWellFormed(tenant) ? Problem.Invalid([new("tenant", "must be the name of a customer.")])
        : Kind is { } kind && (kind.Length is 0 or > LongestKind || kind.Any(char.IsControl)) ? Problem.Invalid([new("kind", "must be the kind of a schedule, such as 'contract.boundary'.")])
        : null;

    public ScheduleFilter ToFilter(DateTimeOffset now) => new(Tenant, Kind, Troubled == true ? now : null);
}
