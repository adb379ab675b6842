using System.Collections.Concurrent;
using System.Security.Cryptography;
using BackupOnline.Agent.Door;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Hosting;

/// <summary>
/// A host at work: surveys its machines, holds the stream of offered work, and carries out as many jobs at a time as it has slots. Runs until it is stopped;
/// then running jobs abandon their points, and say so.
/// </summary>
internal sealed class HostLoop(WorkPlace place, IReadOnlyList<IWork> works, int slots)
{
    private static readonly TimeSpan SurveyEvery = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);
    private IReadOnlyList<OfferedWork> _offered = [];

    private Screen Screen => place.Context.Screen;

    private TimeProvider Time => place.Context.Surroundings.Time;

    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await Task.WhenAll(ListenAsync(stopping), SurveyAsync(stopping), TellKeptAsync(stopping), WorkAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await Task.WhenAll(_running.Values);
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        var stream = new WorkStream(place.Door, place.Enrolment, Time);
        for (var pause = FirstPause; ; pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            var reason = "closed";
            try
            {
                await foreach (var list in stream.ReadAsync(stopping))
                {
                    if (pause != FirstPause)
                        Screen.Detail(HostSentences.Connected, place.Enrolment.Server);
                    pause = FirstPause;
                    Volatile.Write(ref _offered, list);
                }
            }
            catch (IOException lost)
            {
                reason = lost.Message;
            }
            catch (DoorRefusedException refused)
            {
                reason = refused.Message;
            }

            // Hosts that lost the same door do not come back in the same instant.
            var wait = pause * (RandomNumberGenerator.GetInt32(50, 150) / 100.0);
            Screen.Warn(HostSentences.Away, reason, Quantity.Duration(wait));
            await Task.Delay(wait, Time, stopping);
        }
    }

    private async Task SurveyAsync(CancellationToken stopping)
    {
        for (; ; await Task.Delay(SurveyEvery, Time, stopping))
        {
            try
            {
                var report = await MachineSurvey.TakeAsync(place.Driver, stopping);
                var answer = await place.Door.PutAsync(
                    $"tenants/{place.Enrolment.Tenant}/hosts/{place.Enrolment.Host}/machines", report, HostingJson.Default.MachineReport, HostingJson.Default.MachineReport, stopping);
                if (answer.Refusal is { } refusal)
                    Screen.Warn(HostSentences.Refused, refusal.Detail ?? refusal.Code ?? "-");
                await BeatAsync(report.Driver, stopping);
            }
            catch (HypervisorException failure)
            {
                Screen.Warn(HostSentences.SurveyFailed, failure.Message);
            }
        }
    }

    private Task<DoorAnswer<Job>> BeatAsync(string driver, CancellationToken stopping)
    {
        // QEMU is what starts points; a Hyper-V host has none.
        IReadOnlyList<string> can = driver == HypervisorChoice.Qemu ? [.. Product.Capabilities, driver, BootWork.Capability] : [.. Product.Capabilities, driver];
        return place.Door.PostAsync($"tenants/{place.Enrolment.Tenant}/hosts/{place.Enrolment.Host}/beat", new BeatRequest(can), DoorJson.Default.BeatRequest, DoorJson.Default.Job, null, stopping);
    }

    // What earlier attempts could not tell; the running ones tell their own.
    private async Task TellKeptAsync(CancellationToken stopping)
    {
        for (; ; await Task.Delay(TellEvery, Time, stopping))
        {
            foreach (var job in place.Outbox.Jobs.Where(job => !_running.ContainsKey(job)))
                await place.Outbox.TellKeptAsync(job, stopping);
        }
    }

    private async Task WorkAsync(CancellationToken stopping)
    {
        await Leftovers.PutRightAsync(place, stopping);
        await LookAsync(stopping);
    }

    // A look at the list every 2 s rather than at its changes: an offer may become due, and a slot free, without a change.
    private async Task LookAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(LookEvery, Time);
        do
        {
            foreach (var (job, _) in _running.Where(entry => entry.Value.IsCompleted).ToList())
                _running.TryRemove(job, out _);
            foreach (var offer in Volatile.Read(ref _offered))
            {
                if (_running.Count >= slots)
                    break;
                // A job whose outcome is still to be told is not begun again: the door would no longer take it.
                if (offer.NotBefore > Time.GetUtcNow() || _running.ContainsKey(offer.Job) || place.Outbox.Holds(offer.Job) || works.FirstOrDefault(work => work.Kind == offer.Kind) is not { } work)
                    continue;
                _running[offer.Job] = new WorkAttempt(place, work, offer).RunAsync(stopping);
            }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }
}
