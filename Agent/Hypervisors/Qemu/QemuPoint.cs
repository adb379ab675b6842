using BackupOnline.Agent.Hypervisors.Nbd;
using BackupOnline.Agent.Hypervisors.Qmp;

namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>An open point. It holds the machine's lock and monitor until it ended.</summary>
internal sealed class QemuPoint : IConsistentPoint
{
    private static readonly TimeSpan s_watch = TimeSpan.FromSeconds(1);
    private readonly QemuMachine _machine;
    private readonly QemuSession _session;
    private readonly QemuJournal _journal;
    private readonly QemuPointPlan _plan;
    private readonly Epoch? _base;
    private readonly QuiesceResult _quiet;
    private readonly List<QemuPointDisk> _disks;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _watching;
    private string? _broken;
    private Decision _decision;

    public QemuPoint(QemuMachine machine, QemuSession session, QemuJournal journal, QemuPointPlan plan, Epoch? last, QuiesceResult quiet, QemuConfiguration configuration, TimeProvider time)
    {
        (_machine, _session, _journal, _plan, _base, _quiet) = (machine, session, journal, plan, last, quiet);
        Configuration = configuration.Files;
        Skipped = [.. plan.Skipped, .. configuration.Unread];
        _disks = [.. plan.Disks.Select(disk => new QemuPointDisk(disk, NbdAddress.Unix(plan.Socket, QemuNames.Export(disk.DiskId)), Broken, time))];
        _watching = WatchAsync(time);
    }

    private enum Decision
    {
        Open,
        Committed,
        Abandoned,
    }

    public Epoch Epoch => _plan.Epoch;

    public Consistency Achieved => _quiet.Achieved;

    public string? FallbackReason => _quiet.Fallback;

    public TimeSpan FrozenFor => _quiet.FrozenFor;

    public DateTimeOffset At => _quiet.At;

    public IReadOnlyList<ConfigurationFile> Configuration { get; }

    public IReadOnlyList<string> Skipped { get; }

    public IReadOnlyList<IPointDisk> Disks => _disks;

    public async Task<string?> BrokenAsync(CancellationToken cancellation)
    {
        if (_broken is not null || !_session.Alive)
            return _broken ?? Broken(new QmpLostException("its monitor is cut", silent: false)).Message;
        var sector = new byte[512];
        foreach (var disk in _disks)
        {
            try
            {
                await disk.ReadAsync(0, sector, cancellation);
            }
            catch (HypervisorException failure)
            {
                return failure.Message;
            }
        }

        return null;
    }

    public async Task CommitAsync(CancellationToken cancellation)
    {
        if (_decision == Decision.Abandoned)
            throw new InvalidOperationException("The point was abandoned.");
        if (_broken is { } why && _decision == Decision.Open)
            throw new HypervisorException(HypervisorFault.PointBroken, "point-broken", why);
        await EndAsync(Decision.Committed, Epoch, cancellation);
    }

    public async Task AbandonAsync(CancellationToken cancellation)
    {
        if (_decision == Decision.Committed)
            throw new InvalidOperationException("The point was committed.");
        await EndAsync(Decision.Abandoned, _base, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_decision == Decision.Open)
                await AbandonAsync(CancellationToken.None);
        }
        catch (HypervisorException)
        {
            // QEMU is gone or does not answer: its next reconciliation finds the journal and puts everything right.
        }
        finally
        {
            await StopAsync();
            _journal.Dispose();
            _closing.Dispose();
            _turn.Dispose();
        }
    }

    /// <summary>As the sudden death of the driver's process leaves things: every socket cut, nothing put right, the journal in place.</summary>
    public async Task CutAsync()
    {
        _decision = Decision.Abandoned;
        await StopAsync();
        _journal.Dispose();
    }

    private async Task StopAsync()
    {
        await _closing.CancelAsync();
        await _watching;
        foreach (var disk in _disks)
            await disk.DisposeAsync();
        await _session.DisposeAsync();
    }

    private async Task EndAsync(Decision decision, Epoch? keep, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_decision == decision)
                return;
            await QemuFaults.GuardAsync(_machine, async () =>
            {
                await new QemuTidy(_session, _journal).RunAsync(cancellation);
                return await QemuEpochs.RollAsync(_session, _machine.Id, keep, cancellation);
            });
            _decision = decision;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Each scratch has a hard limit in QEMU; what all of them take together is looked at here.</summary>
    private async Task WatchAsync(TimeProvider time)
    {
        using var timer = new PeriodicTimer(s_watch, time);
        try
        {
            while (_broken is null && await timer.WaitForNextTickAsync(_closing.Token))
            {
                if (await _session.ScratchTakenAsync(_closing.Token) is var taken && taken > _plan.Budget)
                    await BreakAsync($"old contents took {taken} bytes of scratch, more than the budget of {_plan.Budget}");
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or QmpLostException or QmpException)
        {
            // The point ends, or QEMU did: reads tell of it.
        }
    }

    private async Task BreakAsync(string why)
    {
        await _turn.WaitAsync(_closing.Token);
        try
        {
            if (_decision != Decision.Open)
                return;
            _broken = $"{_machine.Name}: {why}.";
            await new QemuTidy(_session, _journal).RunAsync(_closing.Token);
        }
        finally
        {
            _turn.Release();
        }
    }

    private HypervisorException Broken(Exception failure)
    {
        var (code, text) = _broken is { } known ? ("scratch-full", known)
            : failure is NbdException { Refusal: NbdError.InputOutput } ? ("disk-unreadable", $"{_machine.Name}: a disk could not be read: {failure.Message} Look at the host's own log.")
            : failure is NbdException { Refusal: not NbdError.None } ? ("scratch-full", $"{_machine.Name}: the point broke: old contents found no room within the budget of {_plan.Budget} bytes, or its disk was too slow ({failure.Message})")
            : ("export-lost", $"{_machine.Name}: {failure.Message}");
        if (code != "disk-unreadable")
            _broken ??= text;
        return new HypervisorException(HypervisorFault.PointBroken, code, text, failure);
    }
}
