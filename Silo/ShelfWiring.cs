using BackupOnline.Silo.Settings;
using BackupOnline.StorageNode;
using BackupOnline.StorageNode.Transport;

namespace BackupOnline.Silo;

/// <summary>The shelf of this machine, or only the health page where the settings switch the shelf off.</summary>
internal static class ShelfWiring
{
    public static void AddShelf(this WebApplicationBuilder builder, SiloSettings settings)
    {
        if (!settings.Hosts(SiloRoles.Shelf))
        {
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(settings.Storage));
            return;
        }

        builder.Services.AddShelf(options =>
        {
            builder.Configuration.GetSection(ShelfOptions.Section).Bind(options);
            options.Node = settings.Node;
            options.DataFolder = settings.DataFolder;
            options.Listen = settings.Storage.ToString();
            options.PublicUrl = settings.StorageUrl;
            options.Hardware = settings.Hardware;
            options.Site = settings.Site;
            options.MasterKeyFile = settings.MasterKeyFile;
            options.CertificatePath = settings.Certificate;
            options.CertificateKeyPath = settings.CertificateKey;
            options.TrustedProxies = [.. settings.TrustedProxies];
        });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureShelfKestrel());
    }

    public static void MapShelf(this WebApplication app, SiloSettings settings)
    {
        if (settings.Hosts(SiloRoles.Shelf))
            app.MapShelf();
    }
}
