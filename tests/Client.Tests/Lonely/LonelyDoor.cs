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
    private WebApplication? app;
    private Task starting = Task.CompletedTask;

    public HttpClient Http { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        database = await EmbeddedDatabase.JoinAsync(folder.Path, TimeProvider.System, CancellationToken.None);
        var settings = new DoorSettings { DataFolder = folder.Path, Address = new(IPAddress.Loopback, 0) };
        var place = await DatabaseFinder.WaitAsync(settings, Patience, TimeProvider.System, CancellationToken.None);
        app = Door.Build(settings, place, DoorLog.Open(settings));
        // Never ends by itself: there is no silo to connect to.
        starting = app.StartAsync(stop.Token);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        var found = await Eventually.GetAsync(() => addresses.Addresses.FirstOrDefault(address => !address.EndsWith(":0", StringComparison.Ordinal)), "the door listens", Patience);
        Address = new(found);
        Http = new() { BaseAddress = Address };
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        await stop.CancelAsync();
        try
        {
            await starting;
        }
        catch (OperationCanceledException)
        {
            // As it should be.
        }
        if (app is not null)
            await app.DisposeAsync();
        if (database is not null)
            await database.LeaveAsync(CancellationToken.None);
        stop.Dispose();
        folder.Dispose();
    }
}
