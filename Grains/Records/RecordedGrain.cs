using System.Globalization;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Grains.Schedules;
using Microsoft.Extensions.DependencyInjection;

namespace BackupOnline.Grains.Records;

/// <summary>
/// A grain whose state, facts and listing are one write. Verbs change <see cref="State"/>, await <see cref="SaveAsync"/>, and only then tell;
/// interleaving reads answer <see cref="Shown"/>, which is always something that was written.
/// </summary>
internal abstract class RecordedGrain<TState, TView>(IPersistentState<TState> store, TimeProvider clock) : Grain
    where TState : RememberingState
    where TView : class
{
    protected TState State => store.State;

    protected bool Exists => store.RecordExists;

    protected long Version => store.Etag is null ? 0 : long.Parse(store.Etag, CultureInfo.InvariantCulture);

    protected DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The view of what was last written; null before the first write.</summary>
    protected TView? Shown { get; private set; }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (Exists) Show();
        return Task.CompletedTask;
    }

    /// <summary>The view of the present state, once it has <paramref name="version"/>.</summary>
    protected abstract TView ToView(long version);

    /// <summary>Takes what is now true as what reads answer.</summary>
    protected virtual void Show() => Shown = ToView(Version);

    /// <summary>The answer to an operation that was carried out before, or to one whose id was used for something else; null for a new one.</summary>
    /// <param name="present">The present view of what it made, or null when that is gone.</param>
    protected Reply<T>? Recall<T>(Operation operation, Func<string?, T?> present)
        where T : class
    {
        if (State.Operations.Find(operation) is not { } known) return null;
        if (known.Fingerprint != operation.Fingerprint) return Operation.Reused;
        return present(known.Made) is { } view ? Reply<T>.Repeated(view) : Operation.Gone;
    }

    protected Reply<TView>? Recall(Operation operation) => Recall(operation, _ => Shown);

    /// <summary>Adds a fact to the next write. Its subject is this grain; details without a value are left out.</summary>
    protected void Note(string scope, string @event, Caller caller, params (string Name, object? Value)[] details) => State.Facts.Add(new()
    {
        Scope = scope,
        Event = @event,
        At = Now,
        Actor = caller.Actor,
        Subject = this.GetPrimaryKeyString(),
        Address = caller.Address,
        Details = new SortedDictionary<string, string>(
            details.Where(d => d.Value is not null).ToDictionary(d => d.Name, d => Convert.ToString(d.Value, CultureInfo.InvariantCulture)!), StringComparer.Ordinal),
    });

    /// <summary>Adds a schedule that wakes this grain to the next write; a null due instant takes it away.</summary>
    /// <param name="id">Unique over all schedules: <c>traffic-seal/acme</c>.</param>
    protected void Schedule(string id, string kind, string scope, TimingSpec timing, DateTimeOffset? nextDue) =>
        State.Schedules.Add(new() { Id = id, Target = this.GetGrainId(), Kind = kind, Scope = scope, Timing = timing, NextDue = nextDue });

    /// <summary>Writes state, facts and listing, then pokes logs and schedule partitions. After a failed write nobody knows what is stored: the activation ends, the next one reads it.</summary>
    protected async Task SaveAsync()
    {
        var logs = State.Facts.Select(fact => fact.Scope).Distinct().ToList();
        var schedules = State.Schedules.ToList();
        try
        {
            await store.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }

        Show();
        foreach (var log in logs)
        {
            GrainFactory.Get(new LogKey(log)).PokeAsync().Ignore();
        }

        if (schedules.Count > 0) ServiceProvider.GetService<SchedulePokes>()?.Written(schedules);
    }
}
