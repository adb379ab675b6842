using System.CommandLine;
using System.CommandLine.Help;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Screens;
using BackupOnline.Agent.Usage;

namespace BackupOnline.Agent.Commands;

/// <summary>The verbs.</summary>
internal static class AgentCommands
{
    public static RootCommand Create(GlobalFlags flags, Screen screen)
    {
        var root = new RootCommand(screen.Speech.Say(CommandSentences.Root));
        root.Directives.Clear();
        foreach (var option in root.Options)
            Explain(option, screen);
        foreach (var flag in flags.All)
            root.Add(flag);
        root.Add(EnrollCommand.Create(flags, screen));
        root.Add(InitCommand.Create(flags, screen));
        root.Add(BackupCommand.Create(flags, screen));
        root.Add(SnapshotsCommand.Create(flags, screen));
        root.Add(LsCommand.Create(flags, screen));
        root.Add(FindCommand.Create(flags, screen));
        root.Add(DiffCommand.Create(flags, screen));
        root.Add(StatsCommand.Create(flags, screen));
        root.Add(RestoreCommand.Create(flags, screen));
        root.Add(DumpCommand.Create(flags, screen));
        root.Add(MountCommand.Create(flags, screen));
        root.Add(CopyCommand.Create(flags, screen));
        root.Add(RewriteCommand.Create(flags, screen));
        root.Add(CheckCommand.Create(flags, screen));
        root.Add(ForgetCommand.Create(flags, screen));
        root.Add(PruneCommand.Create(flags, screen));
        root.Add(TagCommand.Create(flags, screen));
        root.Add(KeyCommand.Create(flags, screen));
        root.Add(UnlockCommand.Create(flags, screen));
        root.Add(RepairCommand.Create(flags, screen));
        root.Add(CatCommand.Create(flags, screen));
        root.Add(ListCommand.Create(flags, screen));
        root.Add(VmCommand.Create(flags, screen));
        root.Add(HostCommand.Create(flags, screen));
        root.Add(CacheCommand.Create(flags, screen));
        root.Add(ContractCommand.Create(flags, screen));
        root.Add(UsageCommand.Create(flags, screen));
        root.Add(PercentileCommand.Create(flags, screen));
        root.Add(DoctorCommand.Create(flags, screen));
        root.Add(HyperVConformanceCommand.Create(flags, screen));
        root.Add(VersionCommand.Create(flags, screen));
        return root;
    }

    // The two flags that the library brings along.
    private static void Explain(Option option, Screen screen)
    {
        // A folder /h is something to back up, not a call for help.
        foreach (var path in option.Aliases.Where(alias => alias[0] == '/').ToList())
            option.Aliases.Remove(path);
        if (option is HelpOption)
            (option.Description, option.Action) = (screen.Speech.Say(UsageSentences.HelpFlag), new HelpPage(screen.Speech, screen.Surroundings.Width));
        else if (option is VersionOption)
            option.Description = screen.Speech.Say(UsageSentences.VersionFlag);
    }

    /// <summary>Binds a verb to its work.</summary>
    public static void Bind(this Command command, GlobalFlags flags, Screen screen, Func<CommandContext, CancellationToken, Task<int>> work) =>
        command.SetAction((parsed, cancellation) => work(new CommandContext(parsed, flags, screen), cancellation));
}
