using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using BackupOnline.Grains.Interfaces.Names;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace BackupOnline.Silo.Placement;

/// <summary>
/// Places what works on a vault's bytes on the silo of the vault's node (decision 7e). While that silo is away, or the node is not known, every silo
/// that asks gets the same substitute: the one with the highest hash of key and address.
/// </summary>
internal sealed class VaultNodeDirector(PlacementCache placements, ISiloMetadataCache metadata) : IPlacementDirector
{
    /// <summary>Key of the silo's metadata that holds its node's name.</summary>
    public const string NodeMetadata = "node";

    public async Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        var key = target.GrainIdentity.Key.ToString()!;
        var node = await placements.NodeOfAsync(VaultKey.Parse(key));
        return Choose(key, node, silos, NodeOf);
    }

    /// <summary>Of several silos of the node, as after its restart, the youngest.</summary>
    internal static SiloAddress Choose(string key, string? node, IReadOnlyCollection<SiloAddress> silos, Func<SiloAddress, string?> nodeOf) =>
        silos.Where(silo => node is not null && nodeOf(silo) == node).MaxBy(silo => silo.Generation)
        ?? silos.MaxBy(silo => Rank(key, silo))
        ?? throw new SiloUnavailableException("No silo can host this grain.");

    // A silo that has just joined may not be known yet.
    private string? NodeOf(SiloAddress silo) => metadata.GetSiloMetadata(silo)?.Metadata.GetValueOrDefault(NodeMetadata);

    private static ulong Rank(string key, SiloAddress silo) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{key} {silo.ToParsableString()}")));
}
