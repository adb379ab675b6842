using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Door;
using BackupOnline.Agent.Enrolment;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Repositories;

namespace BackupOnline.Agent.Hosting;

/// <summary>What every order on this host is carried out with.</summary>
internal sealed class WorkPlace(CommandContext context, AgentConfiguration enrolment, DoorClient door, IHypervisorDriver driver, HypervisorSettings settings)
{
    public CommandContext Context { get; } = context;

    public AgentConfiguration Enrolment { get; } = enrolment;

    public DoorClient Door { get; } = door;

    public IHypervisorDriver Driver { get; } = driver;

    public HypervisorSettings Settings { get; } = settings;

    public VaultKey Key { get; } = new(context, door, enrolment);

    public Outbox Outbox { get; } = new(Path.Join(settings.StateFolder, "outbox"), door, enrolment, context.Screen);

    /// <summary>Opens the vault; a password that it does not take is asked for anew, once.</summary>
    public async Task<OpenRepository> OpenVaultAsync(CancellationToken cancellation)
    {
        // The host's own vault, whatever repository the surroundings name.
        var choice = new RepositoryChoice(Enrolment.Address(), Enrolment);
        var cache = CacheChoice.For(Context, choice);
        try
        {
            return await OpenRepository.OpenAsync(Context, choice, await Key.ReadAsync(cancellation), cache, cancellation);
        }
        catch (Engine.Repositories.RepositoryException wrong) when (wrong.Problem == Engine.Repositories.RepositoryProblem.WrongPassword && !Context.Password.IsGiven)
        {
            Key.Forget();
            return await OpenRepository.OpenAsync(Context, choice, await Key.ReadAsync(cancellation), cache, cancellation);
        }
    }

    public async Task<MachineRef> FindMachineAsync(string? machineId, CancellationToken cancellation) =>
        (await Driver.DiscoverAsync(cancellation)).FirstOrDefault(machine => machine.StableId == machineId)
        ?? throw new HypervisorException(HypervisorFault.MachineGone, "machine-gone", Context.Screen.Speech.Say(HostSentences.MachineGone, machineId));
}
