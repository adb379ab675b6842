using System.CommandLine;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.PointFiles;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Commands;

internal static class VmFilesCommand
{
    public static Command Create(GlobalFlags flags, Screen screen) => new("files", screen.Speech.Say(VolumeSentences.Verb))
    {
        VmFilesListCommand.Create(flags, screen),
        VmFilesGetCommand.Create(flags, screen),
    };
}
