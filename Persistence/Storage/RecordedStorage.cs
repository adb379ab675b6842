using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Runtime.Hosting;

namespace BackupOnline.Persistence.Storage;

/// <summary>Registration of our grain storage.</summary>
public static class RecordedStorage
{
    /// <summary>The provider's name, for <c>[PersistentState("vault.v1", RecordedStorage.Name)]</c>.</summary>
    public const string Name = "recorded";

    /// <summary>Adds the storage over the process's <see cref="NpgsqlDataSource"/>, which must be registered too.</summary>
    public static ISiloBuilder AddRecordedStorage(this ISiloBuilder silo)
    {
        silo.Services.AddGrainStorage(Name, (services, _) => ActivatorUtilities.CreateInstance<RecordedGrainStorage>(services));
        return silo;
    }
}
