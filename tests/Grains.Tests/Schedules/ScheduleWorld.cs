using BackupOnline.Grains.Interfaces.Schedules;
using BackupOnline.Grains.Tests.Running;
using BackupOnline.Persistence.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace BackupOnline.Grains.Tests.Schedules;

/// <summary>Writes schedules as an owner does, with a state of its own.</summary>
internal sealed class ScheduleWorld(GrainCluster cluster)
{
    private readonly GrainId owner = GrainId.Create("test-owner", $"owner/{Guid.NewGuid():N}");
    private readonly GrainState<OwnerState> state = new(new());

    public string Id { get; } = World.Name("run/");

    public static GrainId Target(string key) => GrainId.Create("probe", $"probe/{key}");

    public ScheduleRow Row(string id, DateTimeOffset? due, TimingSpec? timing = null, GrainId? target = null) =>
        new() { Id = id, Target = target ?? Target(id), Kind = "test.run", Scope = "acme", Timing = timing ?? TimingSpec.Once, NextDue = due };

    public async Task WriteAsync(params ScheduleRow[] rows)
    {
        var storage = cluster.Silos.Silos[0].ServiceProvider.GetRequiredKeyedService<IGrainStorage>(RecordedStorage.Name);
        state.State!.Schedules.AddRange(rows);
        await storage.WriteStateAsync("test-owner.v1", owner, state);
    }

    public static Task<IReadOnlyCollection<ScheduleFiring>> FiredAsync(string id, int count) =>
        Eventually.Async($"{count} firings of {id}", () => Task.FromResult(Probe.Of(id)), firings => firings.Count >= count);

    [GenerateSerializer, Alias("test.owner")]
    public sealed class OwnerState : RecordedState;
}
