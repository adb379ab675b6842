using System.CommandLine;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Commands;

/// <summary>The three repairs, in the order in which they are used: index, packs, snapshots.</summary>
internal static class RepairCommand
{
    public static Command Create(GlobalFlags flags, Screen screen) => new("repair", screen.Speech.Say(UpkeepSentences.Repair))
    {
        RepairIndexCommand.Create(flags, screen),
        RepairPacksCommand.Create(flags, screen),
        RepairSnapshotsCommand.Create(flags, screen),
    };
}
