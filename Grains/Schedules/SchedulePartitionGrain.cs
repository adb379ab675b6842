using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Persistence.Schedules;
using BackupOnline.Rules.Schedules;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace BackupOnline.Grains.Schedules;

/// <summary>
/// Claims what is due, fires it, writes what became of it, and sleeps until the next due instant. Everything that must not be lost is in the rows: a partition
/// may die at any moment, and two of one key may run for a moment.
/// </summary>
[HashBasedPlacement]
internal sealed partial class SchedulePartitionGrain(
    IGrainContext context,
    ScheduleClaims claims,
    IOptions<ScheduleOptions> options,
    TimeProvider clock,
    ILogger<SchedulePartitionGrain> logger) : Grain, ISchedulePartitionGrain, IRemindable
{
    private const string Reminder = "wake";

    /// <summary>A reminder is only the second net under the watch of every silo.</summary>
    private static readonly TimeSpan RemindEvery = TimeSpan.FromMinutes(5);

    /// <summary>After a fault of the database.</summary>
    private static readonly TimeSpan FaultPause = TimeSpan.FromSeconds(1);

    private readonly FiringPolicy policy = options.Value.ToPolicy();
    private readonly List<EndedFiring> ended = [];
    private IGrainTimer? alarm;
    private DateTimeOffset lookAt = DateTimeOffset.MaxValue;
    private int inFlight;
    private bool isLooking;
    private bool lookAgain;
    private bool isWriting;
    private bool hasReminder;
    private bool isFull;
    private bool isStopping;

    private SchedulePartitionKey Key { get; } = SchedulePartitionKey.Parse(context.GrainId.Key.ToString()!);

    private DateTimeOffset Now => clock.GetUtcNow();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        alarm = this.RegisterGrainTimer(LookAsync, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
        LookNotLaterThan(Now);
        return Task.CompletedTask;
    }

    /// <summary>Gives what is under way a moment to end and to be written; the leases of the rest end by themselves.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        isStopping = true;
        alarm?.Dispose();
        for (var waited = 0; waited < 50 && (inFlight > 0 || isWriting) && !cancellationToken.IsCancellationRequested; waited++)
            await Task.Delay(TimeSpan.FromMilliseconds(20), clock, CancellationToken.None);
    }

    public Task WakeAsync() => Task.CompletedTask;

    public Task PokeAsync(DateTimeOffset due)
    {
        LookNotLaterThan(due);
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;

    private void LookNotLaterThan(DateTimeOffset instant)
    {
        if (isStopping || instant >= lookAt) return;
        lookAt = instant;
        if (isLooking)
        {
            lookAgain = true;
            return;
        }

        var pause = instant - Now;
        alarm!.Change(pause > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(pause.TotalMilliseconds)) : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        if (isLooking || isStopping) return;
        isLooking = true;
        var next = Now + options.Value.LookEvery;
        try
        {
            next = Earlier(next, await ClaimAllAsync(cancellation));
        }
        catch (Exception fault) when (!isStopping)
        {
            next = Now + FaultPause;
            LogLookFailed(fault, Key, FaultPause);
        }

        isLooking = false;

        // A poke of the meantime stands, unless the look itself began after its instant.
        var poked = lookAgain ? lookAt : DateTimeOffset.MaxValue;
        (lookAgain, lookAt) = (false, DateTimeOffset.MaxValue);
        LookNotLaterThan(Earlier(next, poked));
        if (!hasReminder) await RegisterReminderAsync();
    }

    /// <summary>Claims and fires until nothing more is due or the partition has its hands full; answers when to look again. Every firing that ends makes room, and says so.</summary>
    private async Task<DateTimeOffset?> ClaimAllAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var room = options.Value.InFlight - inFlight;
            isFull = room <= 0;
            if (isFull) return null;
            (lookAgain, lookAt) = (false, DateTimeOffset.MaxValue);
            var claim = await claims.ClaimAsync(Key.Partition, Now, options.Value.Lease, room, cancellation);
            foreach (var firing in claim.Firings)
            {
                inFlight++;
                FireAsync(firing).Ignore();
            }

            if (claim.Firings.Count < room) return claim.NextReady;
        }
    }

    // Registering costs a write: only where it is missing. Without a reminder service the watch alone wakes partitions.
    private async Task RegisterReminderAsync()
    {
        hasReminder = true;
        try
        {
            if (await this.GetReminder(Reminder) is null) await this.RegisterOrUpdateReminder(Reminder, RemindEvery, RemindEvery);
        }
        catch (Exception fault)
        {
            LogReminderNotRegistered(fault, Key);
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset? other) => other < one ? other.Value : one;
}
