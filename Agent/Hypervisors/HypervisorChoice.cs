using System.CommandLine;
using System.Runtime.Versioning;
using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Hypervisors.HyperV;
using BackupOnline.Agent.Hypervisors.HyperV.Windows;
using BackupOnline.Agent.Hypervisors.Qemu;
using BackupOnline.Agent.Points;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Hypervisors;

/// <summary>The hypervisor of this host: its driver, where machines are made anew, and the settings of its file.</summary>
internal sealed class HypervisorChoice(IHypervisorDriver driver, IMachineRestoreTarget target, HypervisorSettings settings) : IAsyncDisposable
{
    public const string Qemu = "qemu";
    public const string HyperV = "hyperv";

    public IHypervisorDriver Driver { get; } = driver;

    public IMachineRestoreTarget Target { get; } = target;

    public HypervisorSettings Settings { get; } = settings;

    public static Option<string?> Flag(Screen screen) => new("--hypervisor") { Description = screen.Speech.Say(PointSentences.HypervisorFlag), HelpName = "file" };

    /// <summary>Machines made anew as images in a folder, whatever hypervisor will run them.</summary>
    public static IMachineRestoreTarget ImageTarget(CommandContext context) => new QemuRestoreTarget(context.Surroundings.Time);

    /// <param name="context">Surroundings.</param>
    /// <param name="flag">The file that the user names; null: the usual one.</param>
    /// <exception cref="AgentStop">No file where one is needed, or something wrong in it.</exception>
    public static HypervisorChoice Open(CommandContext context, string? flag)
    {
        var path = HypervisorFile.Find(flag, context.Surroundings);
        var settings = HypervisorFile.Read(path);
        return settings.Driver switch
        {
            Qemu when path is null => throw new AgentStop(ExitCode.Fatal, HypervisorSentences.NoFile, HypervisorFile.DefaultPath),
            Qemu => new HypervisorChoice(new QemuDriver(QemuHost.Load(path), context.Surroundings.Time), ImageTarget(context), settings),
            HyperV when OperatingSystem.IsWindows() => OnWindows(settings, context.Surroundings.Time),
            HyperV => throw new AgentStop(ExitCode.Fatal, HypervisorSentences.OnlyOnWindows),
            var other => throw new AgentStop(ExitCode.Fatal, HypervisorSentences.UnknownDriver, path ?? "-", other),
        };
    }

    [SupportedOSPlatform("windows")]
    private static HypervisorChoice OnWindows(HypervisorSettings settings, TimeProvider time)
    {
        var (host, patience) = (new WindowsHyperVHost(time), new HyperVPatience());
        return new HypervisorChoice(new HyperVDriver(host, settings.StateFolder, patience, time), new HyperVRestoreTarget(host, patience, time), settings);
    }

    /// <summary>A machine by its id, else by its name.</summary>
    /// <exception cref="AgentStop">None, or several of that name.</exception>
    public async Task<MachineRef> FindAsync(string machine, CancellationToken cancellation)
    {
        var all = await Driver.DiscoverAsync(cancellation);
        if (all.FirstOrDefault(candidate => candidate.StableId == machine) is { } byId)
            return byId;
        var named = all.Where(candidate => candidate.Name == machine).ToList();
        return named.Count switch
        {
            1 => named[0],
            0 => throw new AgentStop(ExitCode.Fatal, PointSentences.NoMachine, machine),
            _ => throw new AgentStop(ExitCode.Fatal, PointSentences.ManyMachines, named.Count, machine),
        };
    }

    public ValueTask DisposeAsync() => Driver.DisposeAsync();
}
