using System.Text.Json;

namespace BackupOnline.Agent.Hypervisors.HyperV;

/// <summary>A machine as it was at a point; kept in the point, and read when it is made anew.</summary>
/// <param name="Definition">Name of the .vmcx among the point's files; null: it has none.</param>
internal sealed record HyperVDescription(string Machine, string Name, string? Definition, IReadOnlyList<HyperVDescribedDisk> Disks, IReadOnlyList<string> Skipped)
{
    public const string FileName = "backuponline-hyperv.json";

    public ConfigurationFile ToFile() => new(FileName, JsonSerializer.SerializeToUtf8Bytes(this, HyperVJson.Default.HyperVDescription));

    /// <summary>Null: the point is not one of a Hyper-V machine, or its description cannot be read.</summary>
    public static HyperVDescription? Find(IEnumerable<ConfigurationFile> files)
    {
        if (files.FirstOrDefault(file => file.Name == FileName) is not { } found)
            return null;
        try
        {
            return JsonSerializer.Deserialize(found.Content.Span, HyperVJson.Default.HyperVDescription);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
