using System.Net;
using BackupOnline.Client.Logging;
using BackupOnline.Client.Settings;
using BackupOnline.Client.Start;
using BackupOnline.Client.Tests.Lonely;
using BackupOnline.Persistence.Embedded;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(LonelyDoor))]

namespace BackupOnline.Client.Tests.Lonely;

/// <summary>A door with its database, but without any silo: what it must do all the same.</summary>
public sealed class LonelyDoor : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder folder = new();
    private readonly CancellationTokenSource stop = new();
    private EmbeddedDatabase? database;
    private readonly List<(WebApplication App, DatabasePlace Place, Task Starting)> doors = [];

    public HttpClient Http { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        database = await EmbeddedDatabase.JoinAsync(folder.Path, TimeProvider.System, CancellationToken.None);
        Address = await OpenAsync(settings => settings);
        Http = new() { BaseAddress = Address };
    }

    /// <summary>Opens one more door on the same database.</summary>
    internal async Task<Uri> OpenAsync(Func<DoorSettings, DoorSettings> change)
    {
        var settings = change(new DoorSettings { DataFolder = folder.Path, Address = new(IPAddress.Loopback, 0) });
        var place = await DatabaseFinder.WaitAsync(settings, Patience, TimeProvider.System, CancellationToken.None);
        var app = Door.Build(settings, place, DoorLog.Open(settings));
        // Never ends by itself: there is no silo to connect to.
        doors.Add((app, place, app.StartAsync(stop.Token)));
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        return new(await Eventually.GetAsync(() => addresses.Addresses.FirstOrDefault(address => !address.EndsWith(":0", StringComparison.Ordinal)), "the door listens", Patience));
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        await stop.CancelAsync();
        foreach (var (app, place, starting) in doors)
        {
            try
            {
                await starting;
            }
            catch (Exception e) when (e is OperationCanceledException or Orleans.Runtime.SiloUnavailableException)
            {
                // As it should be: the start was given up, while it waited or in the middle of a try.
            }
            await app.DisposeAsync();
            await place.DisposeAsync();
        }
        if (database is not null)
            await database.LeaveAsync(CancellationToken.None);
        stop.Dispose();
        folder.Dispose();
    }
}
