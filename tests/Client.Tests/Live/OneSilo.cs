using BackupOnline.Client.Tests.Live;

[assembly: AssemblyFixture(typeof(OneSilo))]

namespace BackupOnline.Client.Tests.Live;

/// <summary>One silo and the door, for all tests that break nothing.</summary>
public sealed class OneSilo : IAsyncLifetime
{
    public LiveService Service { get; } = new();

    public async ValueTask InitializeAsync() => await Service.StartAsync("node1");

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
