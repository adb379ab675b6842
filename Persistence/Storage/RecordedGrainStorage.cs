using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace BackupOnline.Persistence.Storage;

/// <summary>
/// Grain storage over PostgreSQL (decision 7): one round trip and one transaction write the versioned state and, for a <see cref="RecordedState"/>,
/// what it makes true: facts, arrivals, listing. Those are guarded by the state row's new version and the transaction that wrote it, so a writer
/// that lost the race writes nothing at all. State that is not recorded works as well.
/// </summary>
/// <remarks>A grain keeps at most one recorded state: facts are known by (grain, version, ordinal).</remarks>
internal sealed class RecordedGrainStorage(NpgsqlDataSource database, IOptions<ClusterOptions> cluster, IActivatorProvider activators) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        try
        {
            await using var command = database.CreateCommand("select version, payload from grain_state where grain_id = $1 and state_name = $2 and service_id = $3");
            new StateAddress(grainId, stateName, cluster.Value.ServiceId).AddTo(command.Parameters);
            await using var reader = await command.ExecuteReaderAsync();
            var found = await reader.ReadAsync();
            var payload = found && !reader.IsDBNull(1) ? reader.GetFieldValue<byte[]>(1) : null;
            grainState.State = payload is null ? activators.GetActivator<T>().Create() : JsonSerializer.Deserialize<T>(payload, StateJson.Options)!;
            grainState.RecordExists = payload is not null;
            grainState.ETag = found ? Text(reader.GetInt64(0)) : null;
        }
        catch (Exception fault) when (DatabaseFault.IsFromDatabase(fault))
        {
            throw DatabaseFault.Translate(fault);
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(grainState.State, StateJson.Options);
        await PerformAsync(stateName, grainId, grainState, payload);
        grainState.RecordExists = true;
    }

    /// <summary>The row stays, without payload: a later life of the grain goes on counting versions, so that its facts cannot be taken for old ones.</summary>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await PerformAsync(stateName, grainId, grainState, payload: null);
        grainState.State = activators.GetActivator<T>().Create();
        grainState.RecordExists = false;
    }

    private async Task PerformAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, byte[]? payload)
    {
        var before = grainState.ETag is null ? 0 : long.Parse(grainState.ETag, CultureInfo.InvariantCulture);
        var write = new RecordedWrite(new(grainId, stateName, cluster.Value.ServiceId), before, payload, grainState.State as RecordedState);
        bool won;
        try
        {
            await using var batch = database.CreateBatch();
            write.AddTo(batch);
            await using var reader = await batch.ExecuteReaderAsync();
            won = await reader.ReadAsync();
            while (await reader.NextResultAsync())
            {
                // A later command's error surfaces only when its result is reached.
            }
        }
        catch (Exception fault) when (DatabaseFault.IsFromDatabase(fault))
        {
            throw DatabaseFault.Translate(fault);
        }

        if (!won)
            throw new InconsistentStateException($"The state '{stateName}' of {grainId} is no longer at version {before}.", "(another)", grainState.ETag ?? "(none)");
        grainState.ETag = Text(before + 1);
        write.Forget();
    }

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);
}
