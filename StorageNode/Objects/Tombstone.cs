using System.Globalization;

namespace BackupOnline.StorageNode.Objects;

/// <summary>
/// A hidden object's file name, <c>{name}.{generation}.{hiddenAt}.{keepUntil}</c> with times in milliseconds of Unix time. Everything is in the name,
/// so that hiding is one rename: atomic, and possible on a full disk.
/// </summary>
internal readonly record struct Tombstone(ObjectId Object, long Generation, DateTimeOffset HiddenAt, DateTimeOffset KeepUntil)
{
    public string FileName => string.Create(
        CultureInfo.InvariantCulture, $"{Object.Name}.{Generation}.{HiddenAt.ToUnixTimeMilliseconds()}.{KeepUntil.ToUnixTimeMilliseconds()}");

    public static Tombstone? Parse(ObjectType type, ReadOnlySpan<char> fileName)
    {
        Span<Range> parts = stackalloc Range[5];
        if (fileName.Split(parts, '.') != 4 || !ObjectId.IsName(fileName[parts[0]]))
            return null;

        return Number(fileName[parts[1]]) is { } generation && Time(fileName[parts[2]]) is { } hiddenAt && Time(fileName[parts[3]]) is { } keepUntil
            ? new(ObjectId.Named(type, fileName[parts[0]]), generation, hiddenAt, keepUntil)
            : null;
    }

    private static long? Number(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Time(ReadOnlySpan<char> text) =>
        Number(text) is { } ms && ms <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
}
