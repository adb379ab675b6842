using System.Buffers.Binary;
using System.Text;

namespace BackupOnline.Agent.Hypervisors.Nbd.Serving;

/// <summary>Texts in options: four bytes of length, then UTF-8.</summary>
internal static class OptionText
{
    public static byte[] Write(string text)
    {
        var bytes = new byte[4 + Encoding.UTF8.GetByteCount(text)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length - 4);
        Encoding.UTF8.GetBytes(text, bytes.AsSpan(4));
        return bytes;
    }

    public static bool TryRead(ReadOnlyMemory<byte> data, out string text, out ReadOnlyMemory<byte> rest)
    {
        (text, rest) = ("", default);
        if (data.Length < 4 || BinaryPrimitives.ReadUInt32BigEndian(data.Span) is var length && length > (uint)(data.Length - 4))
            return false;
        text = Encoding.UTF8.GetString(data.Span.Slice(4, (int)length));
        rest = data[(4 + (int)length)..];
        return true;
    }

    /// <summary>An export's name, a number of queries, and the queries: exactly all of the data.</summary>
    public static bool TryReadQueries(ReadOnlyMemory<byte> data, out string name, out List<string> queries)
    {
        queries = [];
        if (!TryRead(data, out name, out var rest) || rest.Length < 4)
            return false;
        var count = BinaryPrimitives.ReadUInt32BigEndian(rest.Span);
        for (rest = rest[4..]; queries.Count < count;)
        {
            if (!TryRead(rest, out var query, out rest))
                return false;
            queries.Add(query);
        }

        return rest.IsEmpty;
    }
}
