using System.Collections.Immutable;
using BackupOnline.Persistence.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace BackupOnline.Persistence.Tests.Storage;

/// <summary>The storage without a silo, and a state to keep in it.</summary>
internal static class RecordedBench
{
    public const string StateName = "test.v1";

    public static IOptions<ClusterOptions> ClusterOf(string service) => Options.Create(new ClusterOptions { ServiceId = service });

    public static IGrainStorage StorageOver(NpgsqlDataSource database, string service = "test-service") => new RecordedGrainStorage(
        database,
        ClusterOf(service),
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<IActivatorProvider>());

    public static GrainId NewGrain() => GrainId.Create("test", $"test/{Guid.NewGuid():N}");

    public static FactRow Fact(string scope, string what = "test.done", DateTimeOffset? at = null) => new()
    {
        Scope = scope,
        Event = what,
        At = at ?? new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Actor = "key:test",
        Subject = "test/subject",
        Details = new SortedDictionary<string, string> { ["b"] = "2", ["a"] = "1" },
    };

    public static async Task<long> CountAsync(this NpgsqlDataSource database, string from, params object[] parameters)
    {
        await using var command = database.CreateCommand($"select count(*) from {from}");
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    [GenerateSerializer, Alias("test.recorded")]
    public sealed class Recorded : RecordedState
    {
        [Id(0)] public int Number { get; set; }

        [Id(1)] public string? ListedAs { get; set; }

        [Id(2)] public string Scope { get; set; } = "";

        public override ListingRow? ToListing(long version) =>
            ListedAs is null ? null : new() { Kind = ListingKind.Vault, Scope = Scope, Name = ListedAs, View = ListingJson.Write(new { Node = "node1", Version = version, Number }) };
    }

    [GenerateSerializer, Alias("test.shapes")]
    public sealed class Shapes
    {
        [Id(0)] public required string Required { get; init; }

        [Id(1)] public int PrivatelySet { get; private set; }

        [Id(2)] public List<string> Filled { get; } = [];

        [Id(3)] public SortedDictionary<string, Part> Parts { get; } = [];

        [Id(4)] public ImmutableArray<Part> Array { get; init; } = [];

        [Id(5)] public ImmutableDictionary<string, DateTimeOffset> Times { get; init; } = ImmutableDictionary<string, DateTimeOffset>.Empty;

        [Id(6)] public TimeSpan? Span { get; set; }

        [Id(7)] public DayOfWeek Day { get; set; }

        [Id(8)] public int Field;

        public Shapes SetPrivately(int value)
        {
            PrivatelySet = value;
            return this;
        }
    }

    [GenerateSerializer, Alias("test.part")]
    public sealed record Part([property: Id(0)] string Name, [property: Id(1)] long? Bytes);
}
