using System.Buffers;
using BackupOnline.StorageNode.Disks;
using BackupOnline.StorageNode.Metering;
using BackupOnline.StorageNode.Objects;
using BackupOnline.StorageNode.Vaults;
using Microsoft.AspNetCore.Http;
using Microsoft.Win32.SafeHandles;

namespace BackupOnline.StorageNode.Protocol;

/// <summary>GET and HEAD of one object.</summary>
internal sealed class Download(DiskCrew crew)
{
    private const int Piece = 256 << 10;

    public async Task AnswerAsync(HttpContext context, Vault vault, ObjectId id)
    {
        using var file = await crew.RunAsync(() => vault.OpenRead(id));
        if (file is null)
        {
            await Answer.NotFoundAsync(context);
            return;
        }

        var size = RandomAccess.GetLength(file);
        var isHead = HttpMethods.IsHead(context.Request.Method);
        if (ByteRange.Of(isHead ? null : (string?)context.Request.Headers.Range, size) is not { } range)
        {
            context.Response.Headers.ContentRange = $"bytes */{size}";
            await Answer.TextAsync(context, StatusCodes.Status416RangeNotSatisfiable, "Range not satisfiable");
            return;
        }

        var response = context.Response;
        response.ContentType = "application/octet-stream";
        response.ContentLength = range.Bytes;
        response.Headers.AcceptRanges = "bytes";
        if (!range.IsWhole)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {range.Offset}-{range.Offset + range.Bytes - 1}/{size}";
        }

        if (!isHead)
            await SendAsync(context, file, range);
    }

    private async Task SendAsync(HttpContext context, SafeFileHandle file, ByteRange range)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(Piece, Math.Max(range.Bytes, 1)));
        var pace = context.Features.Get<MeteredConnection>()?.Pace;
        try
        {
            for (var (offset, end) = (range.Offset, range.Offset + range.Bytes); offset < end;)
            {
                // A slow rate takes small pieces: it holds each of them as a whole.
                var wanted = (int)Math.Min(Math.Min(buffer.Length, pace?.PieceBytes ?? Piece), end - offset);
                var read = await crew.RunAsync(() => RandomAccess.Read(file, buffer.AsSpan(0, wanted), offset));
                if (read == 0)
                {
                    // A shortened file: cutting the connection is the only honest answer once the length is sent.
                    context.Abort();
                    return;
                }

                await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
                offset += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
