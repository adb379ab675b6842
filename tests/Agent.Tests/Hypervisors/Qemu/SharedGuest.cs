namespace BackupOnline.Agent.Tests.Hypervisors.Qemu;

/// <summary>A guest that is booted once for all tests that share it.</summary>
public sealed class SharedGuest : IAsyncLifetime
{
    internal Guest Guest { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Guest = await Guest.StartAsync();

    public ValueTask DisposeAsync() => Guest.DisposeAsync();
}
