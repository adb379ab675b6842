using BackupOnline.StorageNode.Metering;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Shaping;

/// <summary>Puts connections under their tenant's rate, unless <see cref="ShelfOptions.Shape"/> is off.</summary>
internal sealed class Shaper(IOptions<ShelfOptions> options, NodeLink link, TimeProvider clock)
{
    public ConnectionPace? Join(TenantTraffic traffic) => options.Value.Shape ? new(traffic, link, clock) : null;
}
