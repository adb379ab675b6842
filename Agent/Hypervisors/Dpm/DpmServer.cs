using System.Globalization;
using System.Text.Json;
using BackupOnline.Agent.Hypervisors.PowerShell;

namespace BackupOnline.Agent.Hypervisors.Dpm;

/// <summary>A DPM server through a PowerShell child with DPM's own cmdlets (dpm.ps1). An answer that is not whole is an error and never "nothing there". Never run against a real DPM.</summary>
/// <param name="child">The child; closed with this.</param>
/// <param name="server">Name of the DPM server.</param>
internal sealed class DpmServer(PowerShellChild child, string server) : IDpmServer
{
    /// <summary>A child of Windows PowerShell on a machine with DPM's management shell. DPM's inquiries take minutes.</summary>
    public static DpmServer Connect(string server, TimeProvider time) => new(new PowerShellChild(PowerShellChild.WindowsCommand, EmbeddedScript.Read("dpm.ps1"), TimeSpan.FromMinutes(15), time), server);

    public async Task<IReadOnlyList<DpmSource>> SourcesAsync(string productionServer, CancellationToken cancellation) =>
        [.. Listed("sources", await AskAsync("sources", json => json.WriteString("productionServer", productionServer), cancellation)).Select(one => new DpmSource(Need("sources", one, "id"), Need("sources", one, "name"), one.Text("group")))];

    public async Task ProtectAsync(DpmProtection protection, CancellationToken cancellation)
    {
        if (protection.SourceIds.Count == 0 || protection.TimesOfDay.Count == 0 || protection.Days < 1 || (long)protection.Days * protection.TimesOfDay.Count > DpmProtection.MostPoints)
            throw new HypervisorException(HypervisorFault.Operator, "dpm-protection-impossible",
                $"a group needs machines and a time of day, and DPM keeps at most {DpmProtection.MostPoints} points of each: {protection.TimesOfDay.Count} a day for {protection.Days} days are too many or none");
        var saved = await AskAsync("protect", json =>
        {
            json.WriteString("productionServer", protection.ProductionServer);
            json.WriteString("group", protection.Group);
            json.WriteNumber("days", protection.Days);
            Strings(json, "sources", protection.SourceIds);
            Strings(json, "times", protection.TimesOfDay.Select(one => one.ToString("HH:mm", CultureInfo.InvariantCulture)));
        }, cancellation);
        if (saved.ValueKind != JsonValueKind.Object || saved.Number("members") != protection.SourceIds.Count)
            throw Partial("protect", $"the group was to have {protection.SourceIds.Count} members, and DPM names {saved}");
    }

    public async Task<IReadOnlyList<DpmRecoveryPoint>> RecoveryPointsAsync(string sourceId, CancellationToken cancellation) =>
        [.. Listed("recoveryPoints", await AskAsync("recoveryPoints", json => json.WriteString("source", sourceId), cancellation)).Select(one => new DpmRecoveryPoint(Need("recoveryPoints", one, "id"), Instant(one)))];

    public async Task<IReadOnlyList<DpmAlert>> AlertsAsync(string sourceId, CancellationToken cancellation) =>
        [.. Listed("alerts", await AskAsync("alerts", json => json.WriteString("source", sourceId), cancellation)).Select(one =>
        {
            var name = Need("alerts", one, "name");
            return new DpmAlert(DpmAlertNames.Kind(name), name, one.Text("text") ?? "");
        })];

    public async Task RunNowAsync(string sourceId, CancellationToken cancellation) => await AskAsync("runNow", json => json.WriteString("source", sourceId), cancellation);

    public ValueTask DisposeAsync() => child.DisposeAsync();

    private Task<JsonElement> AskAsync(string call, Action<Utf8JsonWriter> arguments, CancellationToken cancellation) => child.CallAsync(call, json =>
    {
        json.WriteString("server", server);
        arguments(json);
    }, cancellation);

    /// <summary>The script always answers {count, items}: a list that was cut short, or no list, is not an empty one.</summary>
    private static List<JsonElement> Listed(string call, JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || answer.Number("count") is not { } count || !answer.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array || items.GetArrayLength() != count)
            throw Partial(call, "DPM's list is not whole");
        return [.. items.EnumerateArray()];
    }

    private static string Need(string call, JsonElement one, string name) => one.Text(name) is { Length: > 0 } text ? text : throw Partial(call, $"an item lacks its {name}");

    /// <summary>Written by the script as UTC with a Z: a time without a zone is not guessed.</summary>
    private static DateTimeOffset Instant(JsonElement one)
    {
        var text = Need("recoveryPoints", one, "at");
        return text.EndsWith('Z') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : throw Partial("recoveryPoints", $"'{text}' is not an instant");
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static HypervisorException Partial(string call, string why) => new(HypervisorFault.Transient, "dpm-answer-partial", $"{call}: {why}; nothing is concluded from it");
}
