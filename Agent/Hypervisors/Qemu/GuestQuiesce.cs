using System.Text.Json;
using BackupOnline.Agent.Hypervisors.Qmp;

namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>Freezes the guest's file systems around the instant of a point. Whatever happens in between, the thaw is sent.</summary>
internal sealed class GuestQuiesce(QemuMachine machine, TimeProvider time)
{
    /// <summary>No agent says nothing: after this long there is none.</summary>
    public static readonly TimeSpan Contact = TimeSpan.FromSeconds(3);

    /// <param name="wanted">Above crash.</param>
    /// <param name="freezeDeadline">From the freeze on.</param>
    /// <param name="take">Takes the point.</param>
    /// <param name="cancellation">Ends it; the thaw is sent all the same.</param>
    public async Task<QuiesceResult> AroundAsync(Consistency wanted, TimeSpan freezeDeadline, Func<CancellationToken, Task> take, CancellationToken cancellation)
    {
        if (machine.Agent is null)
            return await WithoutAsync("no guest agent is configured", take, cancellation);
        GuestAgent agent;
        bool windows;
        try
        {
            agent = await GuestAgent.ConnectAsync(machine.Agent, time, cancellation);
        }
        catch (QmpLostException lost)
        {
            return await WithoutAsync($"the guest agent cannot be reached: {lost.Message}", take, cancellation);
        }

        using (agent)
        {
            try
            {
                windows = await IsWindowsAsync(agent, cancellation);
            }
            catch (Exception silent) when (silent is QmpLostException or QmpException)
            {
                return await WithoutAsync($"the guest agent does not answer: {silent.Message}", take, cancellation);
            }

            ThawGuard guard;
            try
            {
                guard = await ThawGuard.StartAsync(machine.Agent, time, cancellation);
            }
            catch (HypervisorException unguarded)
            {
                return await WithoutAsync(unguarded.Message, take, cancellation);
            }

            using (guard)
                return await FrozenAsync(agent, guard, windows, wanted, freezeDeadline, take, cancellation);
        }
    }

    private async Task<QuiesceResult> FrozenAsync(
        GuestAgent agent, ThawGuard guard, bool windows, Consistency wanted, TimeSpan freezeDeadline, Func<CancellationToken, Task> take, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        string? failure;
        var at = default(DateTimeOffset);
        var taken = false;
        long thawed;
        try
        {
            failure = await FreezeAsync(agent, freezeDeadline, cancellation);
            if (failure is null)
            {
                using var deadline = new CancellationTokenSource(Left(freezeDeadline, start), time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
                at = time.GetUtcNow();
                await take(either.Token);
                taken = true;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new HypervisorException(HypervisorFault.Transient, "freeze-deadline", $"{machine.Name}: the point was not taken within the {freezeDeadline.TotalSeconds:0.#} s that the guest may be frozen.");
        }
        finally
        {
            thawed = await ThawAsync(agent);
            guard.StandDown();
        }

        var frozen = time.GetElapsedTime(start);
        if (!taken)
            return await WithoutAsync(failure!, take, cancellation);
        if (thawed == 0)
            return new QuiesceResult(Consistency.Crash, "the guest thawed by itself before the point was taken", frozen, at);
        var reached = windows || machine.FreezeHooks ? Consistency.Application : Consistency.FileSystem;
        return new QuiesceResult(reached, reached < wanted ? "no freeze hooks are configured for this guest" : null, frozen, at);
    }

    /// <returns>Why it is not frozen; null when it is.</returns>
    private static async Task<string?> FreezeAsync(GuestAgent agent, TimeSpan freezeDeadline, CancellationToken cancellation)
    {
        try
        {
            var count = await agent.ExecuteAsync("guest-fsfreeze-freeze", null, freezeDeadline, cancellation);
            return count.ValueKind == JsonValueKind.Number && count.GetInt64() == 0 ? "the guest has no file system that can be frozen" : null;
        }
        catch (QmpException refused)
        {
            return $"the guest did not freeze: {refused.Description}";
        }
        catch (QmpLostException late) when (late.Silent)
        {
            return $"the guest did not freeze within {freezeDeadline.TotalSeconds:0.#} s";
        }
    }

    /// <returns>File systems that were thawed; 0 when nothing was frozen any more.</returns>
    private async Task<long> ThawAsync(GuestAgent agent)
    {
        try
        {
            var count = await agent.ExecuteAsync("guest-fsfreeze-thaw", null, GuestThaw.Patience, CancellationToken.None);
            return count.ValueKind == JsonValueKind.Number ? count.GetInt64() : 1;
        }
        catch (QmpException)
        {
            // VSS thaws by itself after 10 s, and the agent then has nothing to thaw.
            return 0;
        }
        catch (QmpLostException lost)
        {
            throw new HypervisorException(
                HypervisorFault.Transient, "thaw-unconfirmed", $"{machine.Name}: the guest agent does not confirm the thaw; the next run thaws first. Should the guest stand still, run 'fsfreeze -u' or start its agent anew.", lost);
        }
    }

    private async Task<QuiesceResult> WithoutAsync(string reason, Func<CancellationToken, Task> take, CancellationToken cancellation)
    {
        var at = time.GetUtcNow();
        await take(cancellation);
        return new QuiesceResult(Consistency.Crash, reason, TimeSpan.Zero, at);
    }

    private static async Task<bool> IsWindowsAsync(GuestAgent agent, CancellationToken cancellation)
    {
        try
        {
            return (await agent.ExecuteAsync("guest-get-osinfo", null, Contact, cancellation)).TryGetProperty("id", out var id) && id.GetString() == "mswindows";
        }
        catch (QmpException)
        {
            // It answers, if only to refuse: it is there.
            return false;
        }
    }

    private TimeSpan Left(TimeSpan deadline, long start)
    {
        var left = deadline - time.GetElapsedTime(start);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
