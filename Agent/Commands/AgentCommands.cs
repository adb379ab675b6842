using System.CommandLine;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Commands;

/// <summary>The verbs.</summary>
internal static class AgentCommands
{
    public static RootCommand Create(GlobalFlags flags, Screen screen)
    {
        var root = new RootCommand(screen.Speech.Say(CommandSentences.Root));
        root.Directives.Clear();
        foreach (var flag in flags.All)
            root.Add(flag);
        root.Add(EnrollCommand.Create(flags, screen));
        root.Add(InitCommand.Create(flags, screen));
        root.Add(BackupCommand.Create(flags, screen));
        root.Add(SnapshotsCommand.Create(flags, screen));
        root.Add(LsCommand.Create(flags, screen));
        root.Add(RestoreCommand.Create(flags, screen));
        root.Add(CheckCommand.Create(flags, screen));
        root.Add(DoctorCommand.Create(flags, screen));
        root.Add(VersionCommand.Create(flags, screen));
        return root;
    }

    /// <summary>Binds a verb to its work.</summary>
    public static void Bind(this Command command, GlobalFlags flags, Screen screen, Func<CommandContext, CancellationToken, Task<int>> work) =>
        command.SetAction((parsed, cancellation) => work(new CommandContext(parsed, flags, screen), cancellation));
}
