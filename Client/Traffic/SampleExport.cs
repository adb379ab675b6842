using System.Buffers;
using System.Text.Json;
using BackupOnline.Persistence.Storage;
using BackupOnline.Persistence.Traffic;

namespace BackupOnline.Client.Traffic;

/// <summary>The raw rows of a month, as they are read: a whole month never stands in memory.</summary>
internal static class SampleExport
{
    private const int BlockBytes = 1 << 16;

    public static async Task WriteCsvAsync(Stream output, IAsyncEnumerable<SampleRow> rows, CancellationToken cancellation)
    {
        var block = new ArrayBufferWriter<byte>(BlockBytes);
        block.Write(SampleCsv.Header);
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            SampleCsv.Write(block, row);
            await SendAsync(output, block, BlockBytes - 1024, cancellation);
        }

        await SendAsync(output, block, 0, cancellation);
    }

    /// <summary>One JSON object a line.</summary>
    public static async Task WriteJsonLinesAsync(Stream output, IAsyncEnumerable<SampleRow> rows, CancellationToken cancellation)
    {
        var block = new ArrayBufferWriter<byte>(BlockBytes);
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            block.Write(JsonSerializer.SerializeToUtf8Bytes(SampleView.Of(row), ListingJson.Options));
            block.Write("\n"u8);
            await SendAsync(output, block, BlockBytes - 1024, cancellation);
        }

        await SendAsync(output, block, 0, cancellation);
    }

    private static async Task SendAsync(Stream output, ArrayBufferWriter<byte> block, int above, CancellationToken cancellation)
    {
        if (block.WrittenCount <= above)
            return;
        await output.WriteAsync(block.WrittenMemory, cancellation);
        block.ResetWrittenCount();
    }
}
