using BackupOnline.Agent.Hypervisors.Qmp;

namespace BackupOnline.Agent.Hypervisors.Qemu;

/// <summary>Thaws a guest that a driver left frozen.</summary>
/// <param name="socket">The guest agent's.</param>
/// <param name="time">The clock.</param>
internal sealed class GuestThaw(string socket, TimeProvider time)
{
    /// <summary>A thaw must arrive: an agent that is busy with the freeze answers only when that is over.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);

    public async Task<ThawOutcome> OnceAsync(CancellationToken cancellation)
    {
        try
        {
            using var agent = await GuestAgent.ConnectAsync(socket, time, cancellation);
            if ((await agent.ExecuteAsync("guest-fsfreeze-status", null, GuestQuiesce.Contact, cancellation)).GetString() != "frozen")
                return ThawOutcome.NotFrozen;
            await agent.ExecuteAsync("guest-fsfreeze-thaw", null, Patience, cancellation);
            return ThawOutcome.Thawed;
        }
        catch (Exception nobody) when (nobody is QmpLostException or QmpException)
        {
            return ThawOutcome.NoAnswer;
        }
    }

    /// <summary>Asks again while nobody answers: an agent that is still at the freeze says nothing, and freezes only then.</summary>
    public async Task<ThawOutcome> WithinAsync(TimeSpan patience, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var outcome = await OnceAsync(cancellation);
            if (outcome != ThawOutcome.NoAnswer || time.GetElapsedTime(start) >= patience)
                return outcome;
            await Task.Delay(s_pause, time, cancellation);
        }
    }
}
