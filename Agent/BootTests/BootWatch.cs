using System.Text.Json;
using BackupOnline.Agent.Hypervisors.Nbd.Serving;
using BackupOnline.Agent.Hypervisors.Qmp;

namespace BackupOnline.Agent.BootTests;

/// <summary>Waits for the first thing that decides a test.</summary>
internal sealed class BootWatch(BootTestOptions options, BootFolder folder, BootGuest guest, NbdServer server, QmpClient monitor, TimeProvider time)
{
    /// <summary>One start more than an update that restarts twice needs.</summary>
    private const int MaxStarts = 4;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(300);

    /// <summary>An agent that is there answers within milliseconds; in emulation under load, within some seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<BootDecision> DecideAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var silent = SilentAsync(stop.Token);
        List<Task<BootDecision>> signs = [guest.Serial.Sign, EndedAsync(), DamagedAsync(), StartsAsync(stop.Token), FirmwareAsync(stop.Token), TurnedOffAsync(stop.Token), silent];
        if (options.Expected is null)
            signs.Add(AgentAsync(stop.Token));
        try
        {
            return await await Task.WhenAny(signs);
        }
        finally
        {
            await stop.CancelAsync();
            foreach (var sign in signs.Skip(3))
                await sign.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task<BootDecision> SilentAsync(CancellationToken cancellation)
    {
        await Task.Delay(options.Deadline, time, cancellation);
        return new BootDecision(BootReason.Silent, "");
    }

    // QEMU went away by itself, which it has no reason to.
    private async Task<BootDecision> EndedAsync() => Off(await guest.Ended);

    // A machine that turned itself off stays (-no-shutdown), so that its screen can still be seen.
    private async Task<BootDecision> TurnedOffAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(Step, time, cancellation);
            try
            {
                if (Text(await monitor.ExecuteAsync("query-status", null, cancellation), "status") == "shutdown")
                    return Off("");
            }
            catch (QmpLostException) when (!guest.Ended.IsCompleted)
            {
                // Under load it may not answer in time.
            }
        }
    }

    // What it said last may be a sign that decides: it goes before.
    private BootDecision Off(string detail) => guest.Serial.Sign.IsCompletedSuccessfully ? guest.Serial.Sign.Result : new BootDecision(BootReason.TurnedOff, detail);

    private async Task<BootDecision> DamagedAsync() => new(BootReason.RepositoryDamaged, (await server.Failed).Message);

    private async Task<BootDecision> StartsAsync(CancellationToken cancellation)
    {
        using var events = monitor.Listen();
        for (var starts = 1; starts < MaxStarts;)
        {
            try
            {
                await events.NextAsync(told => told.Name == "RESET", cancellation);
                starts++;
            }
            catch (QmpLostException)
            {
                // None for a while, or the machine ended: which another sign tells.
                await Task.Delay(Step, time, cancellation);
            }
        }

        return new BootDecision(BootReason.StartsOver, "");
    }

    private async Task<BootDecision> FirmwareAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(Step, time, cancellation);
            if (!File.Exists(folder.Firmware))
                continue;
            var said = await File.ReadAllTextAsync(folder.Firmware, cancellation);
            if (BootSigns.NothingBootable.FirstOrDefault(sign => said.Contains(sign, StringComparison.Ordinal)) is { } bad)
                return new BootDecision(BootReason.NothingBootable, bad);
        }
    }

    private async Task<BootDecision> AgentAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(Step, time, cancellation);
            try
            {
                using var agent = await GuestAgent.ConnectAsync(folder.Agent, time, cancellation);
                await agent.ExecuteAsync("guest-ping", null, Patience, cancellation);
                return new BootDecision(BootReason.AgentAnswered, await SystemOfAsync(agent, cancellation));
            }
            catch (Exception failure) when (failure is QmpLostException or QmpException)
            {
                // Not yet.
            }
        }
    }

    private static async Task<string> SystemOfAsync(GuestAgent agent, CancellationToken cancellation)
    {
        try
        {
            var system = await agent.ExecuteAsync("guest-get-osinfo", null, Patience, cancellation);
            return Text(system, "pretty-name") ?? Text(system, "kernel-release") ?? "";
        }
        catch (Exception failure) when (failure is QmpLostException or QmpException)
        {
            return "";
        }
    }

    private static string? Text(JsonElement system, string member) =>
        system.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
