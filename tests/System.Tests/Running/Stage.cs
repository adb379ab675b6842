namespace BackupOnline.SystemTests.Running;

/// <summary>One service for the tests of a class; each test takes tenants and machines of its own.</summary>
public sealed class Stage : IAsyncLifetime
{
    private Service? service;
    private int machines;

    internal Service Service => service ?? throw new InvalidOperationException("The service has not started.");

    public async ValueTask InitializeAsync() => service = await Service.StartAsync();

    public ValueTask DisposeAsync() => service?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>A machine with a credential of a new tenant's vault, not enrolled.</summary>
    internal async Task<Machine> NewMachineAsync(string scope = "append")
    {
        var machine = NewMachine();
        machine.Repository = await Service.Door.MakeRepositoryAsync(await Service.Door.MakeTenantAsync(), scope: scope);
        return machine;
    }

    /// <summary>A machine that knows nothing yet.</summary>
    internal Machine NewMachine() => new(Path.Combine(Service.Folder, $"machine{++machines}"));

    /// <summary>The folder of a vault on the shelf's disk, found by the repository's address.</summary>
    internal string FolderOf(string repository)
    {
        var parts = new Uri(repository["rest:".Length..]).AbsolutePath.Trim('/');
        return Path.Combine(Service.Data, "nodes", "node1", "vaults", parts);
    }
}
