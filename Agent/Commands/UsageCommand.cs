using System.CommandLine;
using System.Globalization;
using BackupOnline.Agent.Door;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Commands;

internal static class UsageCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var command = new Command("usage", screen.Speech.Say(TrafficSentences.Usage));
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            var usage = await TrafficDoor.AskAsync(context, "usage", DoorJson.Default.UsageReport, cancellation);
            if (context.Screen.Json)
                context.Screen.Line(new UsageLine(usage.Tenant, usage.QuotaBytes, usage.Vaults, usage.Traffic), AgentJson.Lines.UsageLine);
            else
                Show(context.Screen, usage);
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Show(Screen screen, UsageReport usage)
    {
        var speech = screen.Speech;
        foreach (var vault in usage.Vaults)
        {
            var last = vault.LastSnapshotAt?.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? speech.Say(TrafficSentences.Never);
            screen.Result(speech.Say(TrafficSentences.Vault, vault.Name, Quantity.Bytes(vault.StoredBytes), vault.StoredObjects, last));
        }

        screen.Result(usage.QuotaBytes is { } quota ? speech.Say(TrafficSentences.Quota, Quantity.Bytes(quota)) : speech.Say(TrafficSentences.NoQuota));
        screen.Result(speech.Say(TrafficSentences.Traffic, usage.Traffic.Month, Quantity.Bytes(usage.Traffic.TotalInBytes), Quantity.Bytes(usage.Traffic.TotalOutBytes)));
    }
}
