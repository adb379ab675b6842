using BackupOnline.Engine.Images;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Tests.Archiving;

namespace BackupOnline.Engine.Tests.Images;

/// <summary>Backs up images into a vault and reads them back.</summary>
internal static class ImageVault
{
    public const int Block = ImageBlocks.MinSize;

    public static ImageBackupOptions Options(Snapshot? parent, params IImageSource[] images) => new()
    {
        Host = "host",
        Folder = "/web01",
        Tags = ["vm"],
        Parent = parent,
        Images = images,
        BlockSize = Block,
        Files = new Dictionary<string, ReadOnlyMemory<byte>> { ["point.json"] = "{}"u8.ToArray() },
    };

    public static Task<ImageBackupResult> BackUpImagesAsync(this EngineVault vault, ImageBackupOptions options) =>
        vault.UseAsync(repository => ImageArchiver.BackUpAsync(repository, options));

    public static Task<ImageBackupResult> BackUpImagesAsync(this EngineVault vault, Snapshot? parent, params IImageSource[] images) =>
        vault.BackUpImagesAsync(Options(parent, images));

    public static Task<byte[]> ReadImageAsync(this EngineVault vault, Snapshot snapshot, string name) => vault.UseAsync(async repository =>
    {
        await using var reader = await ImageReader.OpenAsync(repository, snapshot, $"/web01/{name}");
        var bytes = new byte[reader.Size];
        await reader.ReadAsync(0, bytes);
        return bytes;
    });
}
