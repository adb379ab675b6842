using Orleans.Runtime.Placement;

namespace BackupOnline.Grains.Tests.Running;

/// <summary>Stands in for the silo's director of vaults: here every silo is as good as another, chosen by the key.</summary>
internal sealed class AnySilo : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target).Order().ToArray();
        return Task.FromResult(silos[target.GrainIdentity.GetUniformHashCode() % (uint)silos.Length]);
    }
}
