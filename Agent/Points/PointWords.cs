using BackupOnline.Agent.Hypervisors;

namespace BackupOnline.Agent.Points;

/// <summary>Words of the driver's contract as <c>point.json</c> and the door have them: camel case, never changed.</summary>
internal static class PointWords
{
    public static string Of(Consistency consistency) => consistency switch
    {
        Consistency.Crash => "crash",
        Consistency.FileSystem => "fileSystem",
        Consistency.Application => "application",
        _ => throw new ArgumentOutOfRangeException(nameof(consistency), consistency, null),
    };

    public static Consistency? ParseConsistency(string? text) => text switch
    {
        "crash" => Consistency.Crash,
        "fileSystem" => Consistency.FileSystem,
        "application" => Consistency.Application,
        _ => null,
    };

    public static string Of(FullReason reason) => Camel(reason.ToString());

    public static string Of(PowerState power) => Camel(power.ToString());

    public static string Of(GuestAgentState state) => Camel(state.ToString());

    public static string Of(ChangeTracking tracking) => Camel(tracking.ToString());

    public static string Of(HypervisorFault fault) => Camel(fault.ToString());

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
