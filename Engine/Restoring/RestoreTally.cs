namespace BackupOnline.Engine.Restoring;

/// <summary>What a restore wants and has done, counted by those who plan and those who perform.</summary>
internal sealed class RestoreTally
{
    public long Files { get; private set; }

    public long FilesWanted { get; private set; }

    public long OtherItems { get; private set; }

    public long Bytes { get; private set; }

    public long BytesWanted { get; private set; }

    public long FilesSkipped { get; private set; }

    public long BytesSkipped { get; private set; }

    public void WantFile() => FilesWanted++;

    public void WantBytes(long bytes) => BytesWanted += bytes;

    public void FileDone(long bytes) => (Files, Bytes) = (Files + 1, Bytes + bytes);

    public void OtherDone() => OtherItems++;

    public void Skipped(long bytes) => (FilesSkipped, BytesSkipped) = (FilesSkipped + 1, BytesSkipped + bytes);
}
