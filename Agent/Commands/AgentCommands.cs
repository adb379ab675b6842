using System.CommandLine;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Commands;

/// <summary>The verbs.</summary>
internal static class AgentCommands
{
    public static RootCommand Create(GlobalFlags flags, Surroundings surroundings)
    {
        var root = new RootCommand(surroundings.Speech.Say(CommandSentences.Root));
        root.Directives.Clear();
        foreach (var flag in flags.All)
            root.Add(flag);
        root.Add(EnrollCommand.Create(flags, surroundings));
        root.Add(InitCommand.Create(flags, surroundings));
        root.Add(BackupCommand.Create(flags, surroundings));
        root.Add(SnapshotsCommand.Create(flags, surroundings));
        root.Add(LsCommand.Create(flags, surroundings));
        root.Add(RestoreCommand.Create(flags, surroundings));
        root.Add(CheckCommand.Create(flags, surroundings));
        root.Add(DoctorCommand.Create(flags, surroundings));
        root.Add(VersionCommand.Create(flags, surroundings));
        return root;
    }

    /// <summary>Binds a verb to its work.</summary>
    public static void Bind(this Command command, GlobalFlags flags, Surroundings surroundings, Func<CommandContext, CancellationToken, Task<int>> work) =>
        command.SetAction((parsed, cancellation) => work(new CommandContext(parsed, flags, surroundings), cancellation));
}
