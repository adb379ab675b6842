using BackupOnline.Grains.Interfaces.Jobs;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Tenants;
using BackupOnline.Grains.Interfaces.Vaults;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;

namespace BackupOnline.Grains.Tests.Wire;

/// <summary>What goes over the wire between versions of this product.</summary>
public sealed class WireTests
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public static IEnumerable<TheoryDataRow<Type>> SignatureTypes() =>
        typeof(ITenantGrain).Assembly.GetTypes()
            .Where(type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type))
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType))
            .SelectMany(WithParts)
            .Where(type => type.Assembly == typeof(ITenantGrain).Assembly)
            .Distinct()
            .OrderBy(type => type.ToString(), StringComparer.Ordinal)
            .Select(type => new TheoryDataRow<Type>(type));

    [Theory]
    [MemberData(nameof(SignatureTypes), DisableDiscoveryEnumeration = true)]
    public void Every_type_in_a_grain_signature_has_a_codec_and_a_copier(Type type)
    {
        Assert.NotNull(Services.GetRequiredService<ICodecProvider>().TryGetCodec(type));
        Assert.NotNull(Services.GetRequiredService<ICodecProvider>().TryGetDeepCopier(type));
    }

    [Fact]
    public void There_are_signatures_to_look_at() => Assert.InRange(SignatureTypes().Count(), 40, 200);

    public static IEnumerable<TheoryDataRow<string, object>> Golden() =>
    [
        new("caller", new Caller { Operation = "op", Actor = "silo", Address = "::1" }),
        new("refusal", (Reply<TenantView>)Refusal.NotFound("tenant-not-found", "No.")),
        new("report", new ReportProgress
        {
            Caller = new() { Operation = "op", Actor = "silo" },
            Attempt = 2,
            Progress = new() { FilesDone = 1, FilesTotal = 2, BytesDone = 3, BytesTotal = 4, BytesSent = 5, Errors = 6 },
        }),
        new("announce", new AnnounceSnapshots
        {
            Node = "node1",
            Snapshots = [new() { Snapshot = new string('a', 64), ReceivedAt = DateTimeOffset.UnixEpoch, Bytes = 300, KeyId = "c1" }],
        }),
        new("verdict", new CredentialVerdict
        {
            Standing = CredentialStanding.Good, Scope = CredentialScope.Prune, QuotaBytes = 7, ImmutabilityWindow = TimeSpan.FromDays(7), Node = "node1",
        }),
    ];

    [Theory]
    [MemberData(nameof(Golden), DisableDiscoveryEnumeration = true)]
    public void Records_keep_their_bytes(string name, object record)
    {
        var serializer = Services.GetRequiredService<Serializer>();

        Assert.Equal(GoldenBytes.Of[name], Convert.ToHexStringLower(serializer.SerializeToArray(record)));
        var back = serializer.Deserialize<object>(Convert.FromHexString(GoldenBytes.Of[name]));
        Assert.Equal(Convert.ToHexStringLower(serializer.SerializeToArray(record)), Convert.ToHexStringLower(serializer.SerializeToArray(back)));
    }

    private static IEnumerable<Type> WithParts(Type type)
    {
        if (!type.IsGenericType) return [type];
        var parts = type.GetGenericArguments().SelectMany(WithParts);
        return type.GetGenericTypeDefinition() == typeof(Task<>) ? parts : parts.Append(type);
    }
}
