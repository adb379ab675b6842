using BackupOnline.Agent.Hypervisors.HyperV;

namespace BackupOnline.Agent.Tests.Hypervisors.HyperV;

/// <summary>Making machines from files: Msvm_VirtualSystemManagementService.</summary>
internal sealed partial class SimulatedHyperV : IHyperVRestoreHost
{
    /// <summary>A definition of these drives, as a .vmcx would hold them.</summary>
    public List<HyperVStorage> Imported { get; } = [];

    public List<SimulatedPlanned> PlannedMachines { get; } = [];

    /// <summary>Rule: with GenerateNewSystemIdentifier the planned machine is a new one (importsystemdefinition-msvm-virtualsystemmanagementservice).</summary>
    public async Task<HyperVReply> ImportAsync(string definition, string snapshotFolder, CancellationToken cancellation) =>
        File.Exists(definition)
            ? await StartAsync(nameof(ImportAsync), () =>
            {
                var planned = new SimulatedPlanned(Guid.NewGuid().ToString().ToUpperInvariant());
                planned.Storage.AddRange(Imported);
                PlannedMachines.Add(planned);
                return Task.FromResult<string?>(planned.Id);
            })
            : new HyperVReply(32779, null);

    public async Task<string> PlannedSettingsAsync(string planned, CancellationToken cancellation)
    {
        await CalledAsync(nameof(PlannedSettingsAsync));
        return $"Planned:{planned}";
    }

    public Task<HyperVReply> RenameAsync(string settings, string name, CancellationToken cancellation) =>
        DoAsync(nameof(RenameAsync), () => Planned(settings)!.Name = name);

    public Task<HyperVReply> MoveStorageAsync(string storage, string path, CancellationToken cancellation) => DoAsync(nameof(MoveStorageAsync), () =>
    {
        var planned = PlannedMachines.Single(one => one.Storage.Any(drive => drive.Id == storage));
        var at = planned.Storage.FindIndex(drive => drive.Id == storage);
        planned.Storage[at] = planned.Storage[at] with { Path = path };
    });

    public Task<HyperVReply> RemoveStorageAsync(string storage, CancellationToken cancellation) =>
        DoAsync(nameof(RemoveStorageAsync), () => PlannedMachines.ForEach(one => one.Storage.RemoveAll(drive => drive.Id == storage)));

    public Task<HyperVReply> DisconnectNetworkAsync(string settings, CancellationToken cancellation) =>
        DoAsync(nameof(DisconnectNetworkAsync), () => Planned(settings)!.IsConnected = false);

    /// <summary>Rule: a planned machine whose files are missing is not valid (validateplannedsystem-msvm-virtualsystemmanagementservice).</summary>
    public async Task<HyperVReply> ValidateAsync(string planned, CancellationToken cancellation)
    {
        if (PlannedMachines.Single(one => one.Id == planned).Storage.Any(drive => !File.Exists(drive.Path)))
            Fail(new SimulatedFault(nameof(ValidateAsync), JobCode: 32779));
        return await DoAsync(nameof(ValidateAsync), () => { });
    }

    /// <summary>Rule: makes a machine of it, which is off (realizeplannedsystem-msvm-virtualsystemmanagementservice).</summary>
    public Task<HyperVReply> RealizeAsync(string planned, CancellationToken cancellation) =>
        DoAsync(nameof(RealizeAsync), () => PlannedMachines.Single(one => one.Id == planned).IsReal = true);

    public Task<HyperVReply> DestroyPlannedAsync(string planned, CancellationToken cancellation) =>
        DoAsync(nameof(DestroyPlannedAsync), () => PlannedMachines.RemoveAll(one => one.Id == planned));

    private SimulatedPlanned? Planned(string settings) => PlannedMachines.FirstOrDefault(one => settings == $"Planned:{one.Id}");

    private Task<HyperVReply> DoAsync(string call, Action work) => StartAsync(call, () =>
    {
        work();
        return Task.FromResult<string?>(null);
    });
}
