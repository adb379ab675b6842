using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;

namespace BackupOnline.Engine.Repositories;

/// <summary>The sentences for stored bytes that are not what was written.</summary>
internal static class Damaged
{
    // Of zstd (RFC 8878): four bytes, a block header and the byte that it repeats, inflate to a block of 128 KiB.
    private const long OneBlock = 128 << 10;
    private const long MostInflation = OneBlock / 4;

    public static RepositoryException Object(ObjectName name, string how, Exception? inner = null) => new(
        RepositoryProblem.Corrupt,
        $"{Noun(name.Kind)} {name} is damaged: {how}. {Advice(name.Kind)}",
        inner);

    public static RepositoryException Blob(BlobType type, BlobId id, ObjectId pack, string how) => new(
        RepositoryProblem.Corrupt,
        $"The {Noun(type)} blob {id.ToShortString()} in pack data/{pack} is damaged: {how}. Run 'check --read-data' to see what else is, and restore that file from a copy of the repository or back it up again.");

    /// <summary>Before room is made for it: a length to which nothing of its stored length inflates, or that no memory holds, is a lie of the index or the header.</summary>
    public static void ThrowIfImpossible(in IndexedBlob blob)
    {
        var (type, id, place) = blob;
        if (place.PlainLength > Math.Min(Array.MaxLength, ((long)place.Length * MostInflation) + OneBlock))
            throw Blob(type, id, place.Pack, $"{place.PlainLength} bytes are told for it, which its {place.Length} stored bytes cannot be");
    }

    public static RepositoryException BeforeUpload(BlobType type, BlobId id, string how) => new(
        RepositoryProblem.Corrupt,
        $"The {Noun(type)} blob {id.ToShortString()} was damaged on this machine before it was sent: {how}. Nothing of its pack was stored. Test this machine's memory and processor, then run the backup again.");

    public static string Noun(BlobType type) => type == BlobType.Tree ? "tree" : "data";

    private static string Noun(ObjectKind kind) => kind switch
    {
        ObjectKind.Config => "The repository's",
        ObjectKind.Data => "The pack",
        ObjectKind.Index => "The index file",
        ObjectKind.Snapshot => "The snapshot",
        ObjectKind.Lock => "The lock",
        _ => "The key file",
    };

    private static string Advice(ObjectKind kind) => kind switch
    {
        ObjectKind.Index => "Put this file back from a copy of the repository, or rebuild the index with 'repair index'.",
        ObjectKind.Snapshot => "Put this file back from a copy of the repository, or go on with another snapshot.",
        ObjectKind.Data => "Put this file back from a copy of the repository; 'check --read-data' shows what else is damaged.",
        ObjectKind.Lock => "It does no harm; it goes away by itself or with 'unlock'.",
        _ => "Put this file back from a copy of the repository.",
    };
}
