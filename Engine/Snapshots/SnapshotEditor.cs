using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Snapshots;

/// <summary>Changes the JSON of a snapshot in place: nanoseconds and fields that this program does not know stay.</summary>
internal static class SnapshotEditor
{
    public static byte[] Apply(byte[] json, ObjectId id, SnapshotEdit edit)
    {
        var snapshot = JsonNode.Parse(json)!.AsObject();
        if (edit.Tags is { Count: 0 })
            snapshot.Remove("tags");
        else if (edit.Tags is { } tags)
            snapshot["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode?)tag)]);
        if (edit.Tree is { } tree)
            snapshot["tree"] = tree.ToString();
        if (edit.Hostname is { } hostname)
            snapshot["hostname"] = hostname;
        if (edit.Time is { } time)
            snapshot["time"] = RfcTimeJsonConverter.Format(time);
        if (edit.WithoutParent)
            snapshot.Remove("parent");
        if (edit.Totals is var (files, bytes) && snapshot["summary"] is JsonObject summary)
            (summary["total_files_processed"], summary["total_bytes_processed"]) = (files, bytes);

        // The first snapshot of the line, over all changes, as restic has it.
        if (edit.IsRewrite || snapshot["original"] is null)
            snapshot["original"] = id.ToString();
        return Write(snapshot);
    }

    /// <summary>Letters beyond ASCII are written as they are.</summary>
    public static byte[] Write(JsonNode node)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            node.WriteTo(writer);
        return buffer.WrittenSpan.ToArray();
    }
}
