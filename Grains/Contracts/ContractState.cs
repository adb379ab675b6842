using System.Text.Json.Serialization;
using BackupOnline.Grains.Records;
using BackupOnline.Rules.Contracts;

namespace BackupOnline.Grains.Contracts;

internal sealed class ContractState : RememberingState
{
    /// <summary>Where notices go.</summary>
    public string Contact { get; set; } = "";

    /// <summary>Null only before the first write.</summary>
    [JsonConverter(typeof(ContractRecordJson))]
    public ContractRecord? Record { get; set; }

    /// <summary>The schedules that wake this contract, by kind, as they were last written.</summary>
    public SortedDictionary<string, DateTimeOffset> Alarms { get; set; } = new(StringComparer.Ordinal);

    /// <summary>What the tenant was last told: whether its service is suspended by this contract.</summary>
    public bool ToldSuspended { get; set; }
}
