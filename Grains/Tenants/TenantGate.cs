using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Tenants;

namespace BackupOnline.Grains.Tenants;

/// <summary>Whether a tenant may use the service now.</summary>
internal static class TenantGate
{
    public static Refusal? WhyNot(TenantView tenant)
    {
        if (tenant.Suspended)
        {
            return Refusal.Forbidden("tenant-suspended", $"The service of tenant '{tenant.Name}' is suspended. Ask the provider to resume it.");
        }

        return tenant.TermsAccepted
            ? null
            : Refusal.Conflict("terms-not-accepted", $"Tenant '{tenant.Name}' has to accept {string.Join(" and ", Terms.All)} first.");
    }
}
