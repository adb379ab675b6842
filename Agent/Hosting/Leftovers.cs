using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Points;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Hosting;

/// <summary>
/// What a killed run left in this host's machines is put right when the host starts: until then a machine copies for nobody what it overwrites. Each point does the same first; this only
/// comes earlier, so whatever fails here is left to that.
/// </summary>
internal static class Leftovers
{
    /// <summary>Jobs wait for it no longer.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(1);

    public static async Task PutRightAsync(WorkPlace place, CancellationToken cancellation)
    {
        // Under QEMU an open point always has something in scratch, and a machine that is off has no point.
        var isQemu = place.Driver.Capabilities.Name == HypervisorChoice.Qemu;
        if (isQemu && !IsLeft(place.Settings.ScratchFolder))
            return;
        var screen = place.Context.Screen;
        using var deadline = new CancellationTokenSource(Within, place.Context.Surroundings.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            var machines = (await place.Driver.DiscoverAsync(either.Token)).Where(machine => !isQemu || machine.Power != PowerState.Off).ToList();
            await using var open = await place.OpenVaultAsync(either.Token);
            var last = await new PointHistory(open.Repository).LastEpochsAsync(machines.Select(machine => machine.StableId), either.Token);
            foreach (var machine in machines.Where(machine => last.ContainsKey(machine.StableId)))
                await PutRightAsync(place.Driver, machine, last[machine.StableId], screen, either.Token);
        }
        catch (AgentStop later)
        {
            screen.Warn(HostSentences.LeftoversLater, later.Text(screen.Speech));
        }
        catch (Exception later) when (!cancellation.IsCancellationRequested && later is not OutOfMemoryException)
        {
            screen.Warn(HostSentences.LeftoversLater, later is OperationCanceledException ? screen.Speech.Say(HostSentences.NotWithin, Quantity.Duration(Within)) : later.Message);
        }
    }

    private static async Task PutRightAsync(IHypervisorDriver driver, MachineRef machine, Epoch last, Screen screen, CancellationToken cancellation)
    {
        try
        {
            foreach (var action in await driver.ReconcileAsync(machine, last, cancellation))
                screen.Tell(HostSentences.LeftoverPutRight, machine.Name, action);
        }
        catch (HypervisorException failure)
        {
            screen.Warn(HostSentences.LeftoversLater, failure.Message);
        }
    }

    private static bool IsLeft(string scratch)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(scratch).Any();
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
