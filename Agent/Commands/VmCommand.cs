using System.CommandLine;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Points;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Commands;

/// <summary>The verbs on this host's machines.</summary>
internal static class VmCommand
{
    public static Command Create(GlobalFlags flags, Screen screen) => new("vm", screen.Speech.Say(PointSentences.Vm))
    {
        VmListCommand.Create(flags, screen),
        VmBackupCommand.Create(flags, screen),
        VmPointsCommand.Create(flags, screen),
        VmRestoreCommand.Create(flags, screen),
        VmBootTestCommand.Create(flags, screen),
        VmFilesCommand.Create(flags, screen),
    };
}
