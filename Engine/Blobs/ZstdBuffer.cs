namespace BackupOnline.Engine.Blobs;

/// <summary>ZSTD_inBuffer and ZSTD_outBuffer: the same three words.</summary>
internal unsafe struct ZstdBuffer
{
    public byte* Start;
    public nuint Length;
    public nuint Position;
}
