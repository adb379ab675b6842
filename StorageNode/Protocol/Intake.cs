using System.IO.Pipelines;
using BackupOnline.StorageNode.Objects;
using BackupOnline.StorageNode.Vaults;
using Microsoft.AspNetCore.Http;

namespace BackupOnline.StorageNode.Protocol;

/// <summary>A body on its way into an upload, straight from the connection's blocks: awaited on the thread pool, hashed and written on a thread of the disks.</summary>
internal sealed class Intake(PipeReader body, Incoming upload, Room? growing, ObjectType type, long most)
{
    /// <summary>Bytes that are worth a visit to the disks' threads. A connection holds two (SocketBuffers).</summary>
    public const int Piece = 128 << 10;

    // Of one visit: after it, others have their turn.
    private const int MostPieces = 16;

    // A body without a length takes its room in steps of this size.
    private const int RoomStep = 4 << 20;

    private ReadResult _read;
    private long _granted;

    /// <summary>All of it was taken, or it was refused.</summary>
    public bool IsOver { get; private set; }

    public (int Status, string Sentence)? Refusal { get; private set; }

    /// <summary>Waits until something came; true when it is enough for <see cref="TakeWhatCame"/>, which must follow then.</summary>
    public async ValueTask<bool> WaitAsync(CancellationToken cancellation)
    {
        try
        {
            _read = await body.ReadAsync(cancellation);
            return IsEnough();
        }
        catch (IOException e) when (e.InnerException is OverflowException)
        {
            throw TooLongChunk(e);
        }
    }

    /// <summary>Takes what was waited for, and what comes meanwhile.</summary>
    public void TakeWhatCame()
    {
        try
        {
            for (var left = MostPieces - 1; ; left--)
            {
                TakePiece();
                if (IsOver || left == 0 || !body.TryRead(out _read) || !IsEnough())
                    return;
            }
        }
        catch (IOException e) when (e.InnerException is OverflowException)
        {
            throw TooLongChunk(e);
        }
    }

    private void TakePiece()
    {
        var piece = _read.Buffer.Slice(0, Math.Min(_read.Buffer.Length, Piece));
        try
        {
            Refusal = MayTake(piece.Length);
            IsOver = piece.IsEmpty || Refusal is not null;
            if (!IsOver)
                upload.Append(piece);
        }
        finally
        {
            body.AdvanceTo(piece.End);
        }
    }

    private bool IsEnough()
    {
        if (_read.Buffer.Length >= Piece || _read.IsCompleted)
            return true;

        body.AdvanceTo(_read.Buffer.Start, _read.Buffer.End);
        return false;
    }

    private (int Status, string Sentence)? MayTake(long bytes)
    {
        if (upload.Bytes + bytes > most)
            return (StatusCodes.Status413PayloadTooLarge, $"Too large: {type.Word()} objects have at most {most} bytes");

        for (; growing is not null && upload.Bytes + bytes > _granted; _granted += RoomStep)
        {
            if (growing.Take(RoomStep) is { } full)
                return (StatusCodes.Status507InsufficientStorage, full);
        }

        return null;
    }

    // Kestrel's word for a chunk that claims 2^63 bytes or more: the request's fault, not the disk's.
    private static BadHttpRequestException TooLongChunk(IOException e) => new("The size of a chunk is not a number that can be.", StatusCodes.Status400BadRequest, e);
}
