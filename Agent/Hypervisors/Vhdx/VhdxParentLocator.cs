using System.Buffers.Binary;
using System.Text;

namespace BackupOnline.Agent.Hypervisors.Vhdx;

/// <summary>How a differencing file names its parent [2.6.2.6]: the parent's data-write identity and paths to it.</summary>
internal sealed record VhdxParentLocator(Guid Linkage, Guid? SecondLinkage, string? RelativePath, string? VolumePath, string? AbsolutePath)
{
    private const int HeaderLength = 20;
    private const int EntryLength = 12;

    public bool Names(Guid dataWrite) => dataWrite == Linkage || dataWrite == SecondLinkage;

    public static VhdxParentLocator Parse(string path, byte[] item)
    {
        if (item.Length < HeaderLength || new Guid(item.AsSpan(0, 16)) != VhdxFormat.VhdxLocator)
            throw VhdxException.Unknown(path, "a way to name its parent that is not known");
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var (i, count) = (0, BinaryPrimitives.ReadUInt16LittleEndian(item.AsSpan(18))); i < count; i++)
        {
            if (HeaderLength + (i + 1) * EntryLength > item.Length)
                throw VhdxException.Damaged(path, "its parent locator ends early");
            var entry = item.AsSpan(HeaderLength + i * EntryLength, EntryLength);
            values[Text(path, item, BinaryPrimitives.ReadUInt32LittleEndian(entry), BinaryPrimitives.ReadUInt16LittleEndian(entry[8..]))] =
                Text(path, item, BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]), BinaryPrimitives.ReadUInt16LittleEndian(entry[10..]));
        }

        if (!Guid.TryParse(values.GetValueOrDefault("parent_linkage"), out var linkage))
            throw VhdxException.Damaged(path, "its parent locator does not say which parent");
        return new VhdxParentLocator(linkage, Guid.TryParse(values.GetValueOrDefault("parent_linkage2"), out var second) ? second : null,
            values.GetValueOrDefault("relative_path"), values.GetValueOrDefault("volume_path"), values.GetValueOrDefault("absolute_win32_path"));
    }

    public byte[] ToBytes()
    {
        var pairs = new List<(string Key, string Value)> { ("parent_linkage", Linkage.ToString("B")) };
        if (SecondLinkage is { } second)
            pairs.Add(("parent_linkage2", second.ToString("B")));
        foreach (var (key, value) in new[] { ("relative_path", RelativePath), ("volume_path", VolumePath), ("absolute_win32_path", AbsolutePath) })
            if (value is not null)
                pairs.Add((key, value));
        var item = new byte[HeaderLength + pairs.Sum(pair => EntryLength + 2 * (pair.Key.Length + pair.Value.Length))];
        VhdxFormat.VhdxLocator.TryWriteBytes(item);
        BinaryPrimitives.WriteUInt16LittleEndian(item.AsSpan(18), (ushort)pairs.Count);
        var at = HeaderLength + pairs.Count * EntryLength;
        for (var i = 0; i < pairs.Count; i++)
        {
            var entry = item.AsSpan(HeaderLength + i * EntryLength, EntryLength);
            BinaryPrimitives.WriteInt32LittleEndian(entry, at);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[8..], (ushort)Encoding.Unicode.GetBytes(pairs[i].Key, item.AsSpan(at)));
            at += 2 * pairs[i].Key.Length;
            BinaryPrimitives.WriteInt32LittleEndian(entry[4..], at);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[10..], (ushort)Encoding.Unicode.GetBytes(pairs[i].Value, item.AsSpan(at)));
            at += 2 * pairs[i].Value.Length;
        }

        return item;
    }

    private static string Text(string path, byte[] item, uint offset, ushort length) => offset + (long)length <= item.Length
        ? Encoding.Unicode.GetString(item.AsSpan((int)offset, length))
        : throw VhdxException.Damaged(path, "its parent locator points outside of itself");
}
