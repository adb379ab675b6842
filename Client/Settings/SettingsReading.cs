using System.Collections.Immutable;

namespace BackupOnline.Client.Settings;

/// <summary>Either settings to start with, or what is wrong with them: one sentence each, naming variable, value and bound.</summary>
internal sealed record SettingsReading
{
    public DoorSettings? Settings { get; private init; }

    public ImmutableArray<string> Faults { get; private init; } = [];

    public static SettingsReading Good(DoorSettings settings) => new() { Settings = settings };

    public static SettingsReading Bad(ImmutableArray<string> faults) => new() { Faults = faults };
}
