using BackupOnline.Agent.Hypervisors.Qmp;

namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>Hot backup of QEMU's machines (7.1 or later): copy-before-write filters, dirty bitmaps and NBD, through a monitor of its own for each machine.</summary>
internal sealed class QemuDriver(QemuHost host, TimeProvider time) : IHypervisorDriver
{
    /// <summary>How long QEMU's monitor may take for an answer; it waits for requests of the guest that are under way.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const string Thawed = "thawed the guest's file systems";

    // A monitor that another client holds never greets.
    private static readonly TimeSpan s_greeting = TimeSpan.FromSeconds(5);

    // States in which an operation of somebody else is under way.
    private static readonly string[] s_busy = ["inmigrate", "postmigrate", "finish-migrate", "save-vm", "restore-vm", "colo"];
    private static readonly string[] s_migrating = ["setup", "active", "postcopy-active", "postcopy-paused", "device", "cancelling", "wait-unplug", "pre-switchover"];

    public DriverCapabilities Capabilities { get; } = new("qemu", PersistentTracking: true, Unproven: null);

    /// <summary>How long a greeting is awaited; tests shorten it.</summary>
    public TimeSpan Greeting { get; init; } = s_greeting;

    public async Task<IReadOnlyList<MachineRef>> DiscoverAsync(CancellationToken cancellation)
    {
        var found = new List<MachineRef>();
        foreach (var machine in host.Machines)
            found.Add(machine.Reference(await PowerAsync(machine, cancellation)));
        return found;
    }

    public async Task<PreflightReport> PreflightAsync(MachineRef machine, CancellationToken cancellation)
    {
        var entry = Entry(machine);
        try
        {
            await using var session = await ConnectAsync(entry, cancellation);
            return await new QemuPreflight(entry, session, time).ReportAsync(cancellation);
        }
        catch (HypervisorException blocked)
        {
            return new PreflightReport { Agent = GuestAgentState.NoContact, Disks = [], Blockers = [new PreflightFinding(blocked.Code, blocked.Message)] };
        }
    }

    public async Task<IReadOnlyList<string>> ReconcileAsync(MachineRef machine, Epoch? lastCommitted, CancellationToken cancellation)
    {
        var entry = Entry(machine);
        using var journal = Take(entry);
        var thawed = entry.Agent is { } agent && await new GuestThaw(agent, time).OnceAsync(cancellation) == ThawOutcome.Thawed;
        if (!await ListensAsync(entry, cancellation))
            return QemuTidy.WithoutMachine(journal);
        await using var session = await ConnectAsync(entry, cancellation);
        return await QemuFaults.GuardAsync<IReadOnlyList<string>>(entry, async () =>
        {
            var tidied = await new QemuTidy(session, journal).RunAsync(cancellation);
            var rolled = await QemuEpochs.RollAsync(session, entry.Id, lastCommitted, cancellation);
            return [.. thawed ? [Thawed] : Array.Empty<string>(), .. tidied, .. rolled];
        });
    }

    public Task<ThawOutcome> ThawAsync(MachineRef machine, CancellationToken cancellation) =>
        Entry(machine).Agent is { } agent ? new GuestThaw(agent, time).WithinAsync(GuestThaw.Patience, cancellation) : Task.FromResult(ThawOutcome.NotFrozen);

    public async Task<IConsistentPoint> OpenPointAsync(MachineRef machine, PointRequest request, CancellationToken cancellation)
    {
        var entry = Entry(machine);
        if (!request.New.IsOf(entry.Id) || (request.Base is { } last && (!last.IsOf(entry.Id) || last.Sequence >= request.New.Sequence)))
            throw new ArgumentException("The epochs are not of this machine, or not in order.", nameof(request));
        var journal = Take(entry);
        QemuSession? session = null;
        try
        {
            session = await ConnectAsync(entry, cancellation);
            var opened = session;
            return await QemuFaults.GuardAsync(entry, () => OpenAsync(entry, opened, journal, request, cancellation));
        }
        catch
        {
            if (session is not null)
                await session.DisposeAsync();
            journal.Dispose();
            throw;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<IConsistentPoint> OpenAsync(QemuMachine entry, QemuSession session, QemuJournal journal, PointRequest request, CancellationToken cancellation)
    {
        var status = await session.StatusAsync(cancellation);
        await RefuseBusyAsync(entry, session, status, cancellation);
        await new QemuTidy(session, journal).RunAsync(cancellation);
        await QemuEpochs.RollAsync(session, entry.Id, request.Base, cancellation);
        var plan = QemuPointPlan.Make(entry, await session.DisksAsync(cancellation), request, RoomOf(entry, request.ScratchFolder));
        journal.Write(plan.Intent);
        try
        {
            var configuration = await QemuConfiguration.ReadAsync(entry, session, plan.Disks, cancellation);
            var quiet = await new QemuOpening(entry, session, plan, request, time).RunAsync(status == "running", cancellation);
            return new QemuPoint(entry, session, journal, plan, request.Base, quiet, configuration, time);
        }
        catch (Exception)
        {
            await UndoAsync(entry, session, journal, request.Base);
            throw;
        }
    }

    /// <summary>As far as it can be done now; the journal stays where it cannot, and the next reconciliation goes on.</summary>
    private static async Task UndoAsync(QemuMachine entry, QemuSession session, QemuJournal journal, Epoch? keep)
    {
        try
        {
            await new QemuTidy(session, journal).RunAsync(CancellationToken.None);
            await QemuEpochs.RollAsync(session, entry.Id, keep, CancellationToken.None);
        }
        catch (Exception failure) when (failure is QmpException or QmpLostException or IOException)
        {
            // What made the opening fail is what the caller has to hear.
        }
    }

    private static async Task RefuseBusyAsync(QemuMachine entry, QemuSession session, string status, CancellationToken cancellation)
    {
        if (s_busy.Contains(status))
            throw Busy(entry, "machine-moving", $"its state is {status}");
        var migration = await session.AskAsync("query-migrate", cancellation);
        if (migration.TryGetProperty("status", out var phase) && s_migrating.Contains(phase.GetString()))
            throw Busy(entry, "machine-moving", $"a migration is {phase.GetString()}");
        if ((await session.AskAsync("query-block-jobs", cancellation)).EnumerateArray().FirstOrDefault() is { ValueKind: System.Text.Json.JsonValueKind.Object } job)
            throw Busy(entry, "block-job", $"a job of another program is at work on its disks ({job.GetProperty("type").GetString()} {job.GetProperty("device").GetString()})");
        var foreign = (await session.AskAsync("query-block-exports", cancellation)).EnumerateArray()
            .Select(export => export.GetProperty("id").GetString()!).FirstOrDefault(id => !id.StartsWith(QemuNames.Prefix, StringComparison.Ordinal));
        if (foreign is not null)
            throw Busy(entry, "export-foreign", $"another program exports its disks ({foreign}), and QEMU has one NBD server only");
    }

    private static HypervisorException Busy(QemuMachine entry, string code, string why) =>
        new(HypervisorFault.Busy, code, $"{entry.Name}: {why}; try again when that has ended.");

    private static long RoomOf(QemuMachine entry, string folder)
    {
        if (!Directory.Exists(folder))
            throw new HypervisorException(HypervisorFault.Operator, "scratch-missing", $"{entry.Name}: the scratch folder {folder} is not there; make it, writable for QEMU's user.");
        return new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
    }

    private async Task<PowerState> PowerAsync(QemuMachine machine, CancellationToken cancellation)
    {
        try
        {
            if (!await ListensAsync(machine, cancellation))
                return PowerState.Off;
            await using var monitor = await QmpClient.ConnectAsync(machine.Monitor, Greeting, Patience, time, cancellation);
            var status = (await monitor.ExecuteAsync("query-status", null, cancellation)).GetProperty("status").GetString();
            return status switch
            {
                "running" => PowerState.Running,
                "shutdown" => PowerState.Off,
                "paused" or "prelaunch" or "suspended" or "io-error" or "internal-error" or "guest-panicked" or "watchdog" or "debug" => PowerState.Paused,
                _ => PowerState.Unknown,
            };
        }
        catch (QmpLostException)
        {
            return PowerState.Unknown;
        }
    }

    private static async Task<bool> ListensAsync(QemuMachine machine, CancellationToken cancellation)
    {
        using var lines = new JsonLines();
        try
        {
            await lines.ConnectAsync(machine.Monitor, cancellation);
            return true;
        }
        catch (QmpLostException lost)
        {
            return lost.Silent;
        }
    }

    private async Task<QemuSession> ConnectAsync(QemuMachine machine, CancellationToken cancellation)
    {
        try
        {
            return new QemuSession(await QmpClient.ConnectAsync(machine.Monitor, Greeting, Patience, time, cancellation));
        }
        catch (QmpLostException off) when (off.NobodyListens)
        {
            // It may be started at any minute: the run is tried again by itself.
            throw new HypervisorException(
                HypervisorFault.Transient, "machine-off", $"{machine.Name} is off: nobody listens on {machine.Monitor}. A hot backup needs the machine running: start it, or pause its backup.", off);
        }
        catch (Exception failure) when (failure is QmpLostException or QmpException)
        {
            throw QemuFaults.Of(machine, failure);
        }
    }

    private QemuJournal Take(QemuMachine machine)
    {
        try
        {
            return QemuJournal.Take(host.StateFolder, machine);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw QemuFaults.Of(machine, failure);
        }
    }

    private QemuMachine Entry(MachineRef machine) =>
        host.Machines.FirstOrDefault(one => one.Id == machine.StableId)
        ?? throw new HypervisorException(HypervisorFault.MachineGone, "machine-gone", $"The host's file names no machine with the id {machine.StableId} ({machine.Name}).");
}
