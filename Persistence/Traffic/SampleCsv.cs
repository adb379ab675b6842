using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace BackupOnline.Persistence.Traffic;

/// <summary>
/// The raw export of a month, from which anyone can recompute it: CSV in UTF-8, a header, then a line a row, each ended by a line feed. Numbers are plain
/// digits, names need no quotes. A sealed month's document holds the SHA-256 of these very bytes.
/// </summary>
public static class SampleCsv
{
    public static ReadOnlySpan<byte> Header => "slot,start_utc,node,boot,in_bytes,out_bytes\n"u8;

    // Four numbers of at most 20 digits, a time of 20 and five separators.
    private const int MostWithoutNames = 120;

    public static void Write(IBufferWriter<byte> output, in SampleRow row)
    {
        var line = output.GetSpan(MostWithoutNames + (3 * (row.Node.Length + row.Boot.Length)));
        var at = Number(line, 0, row.Slot);
        at = Time(line, at, DateTimeOffset.FromUnixTimeSeconds(row.Slot * 300L));
        at += Encoding.UTF8.GetBytes(row.Node, line[at..]);
        line[at++] = (byte)',';
        at += Encoding.UTF8.GetBytes(row.Boot, line[at..]);
        line[at++] = (byte)',';
        at = Number(line, at, row.InBytes);
        at = Number(line, at, row.OutBytes);
        line[at - 1] = (byte)'\n';
        output.Advance(at);
    }

    private static int Number(Span<byte> line, int at, long value)
    {
        Utf8Formatter.TryFormat(value, line[at..], out var written);
        line[at + written] = (byte)',';
        return at + written + 1;
    }

    // 2026-11-28T01:15:00Z
    private static int Time(Span<byte> line, int at, DateTimeOffset time)
    {
        time.TryFormat(line[at..], out var written, "yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        line[at + written] = (byte)',';
        return at + written + 1;
    }
}
