using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BackupOnline.Agent.Hypervisors.HyperV.Conformance;

/// <summary>Every call and its answer, one JSON line each, for whoever has to understand how this host differs. Holds names and paths of the machine, and none of its data.</summary>
internal sealed class HyperVTranscript(TimeProvider time)
{
    private readonly StringBuilder _lines = new();
    private readonly long _started = time.GetTimestamp();

    public void Add(string call, string asked, string answer)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("ms", Math.Round(time.GetElapsedTime(_started).TotalMilliseconds));
            json.WriteString("call", call);
            json.WriteString("asked", asked);
            json.WriteString("answer", answer);
            json.WriteEndObject();
        }

        lock (_lines)
            _lines.Append(Encoding.UTF8.GetString(bytes.ToArray())).Append('\n');
    }

    public void Add(HyperVVerdict verdict) =>
        Add("verdict", verdict.Rule.Id, string.Create(CultureInfo.InvariantCulture, $"{verdict.Holds?.ToString() ?? "not seen"}: {verdict.Detail}"));

    public override string ToString()
    {
        lock (_lines)
            return _lines.ToString();
    }
}
