using System.Text.Json;

namespace BackupOnline.Agent.Hypervisors.Qmp;

/// <summary>Something that QEMU told unasked.</summary>
/// <param name="Name">As in QEMU's reference: STOP, BLOCK_EXPORT_DELETED.</param>
internal sealed record QmpEvent(string Name, JsonElement Data)
{
    /// <summary>A member of the data that is a text; null when it has none.</summary>
    public string? Text(string member) =>
        Data.ValueKind == JsonValueKind.Object && Data.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
