using System.Security.Cryptography;
using System.Text;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Tests.Files;

/// <summary>
/// A tree with everything that a file system can hold and a backup can get wrong. Device nodes, foreign owners only when the tests run as root.
/// </summary>
internal static class OddTree
{
    /// <summary>Makes the tree in a folder that exists.</summary>
    /// <param name="root">Where.</param>
    /// <param name="invalidLinkTarget">Also a symlink whose target is not UTF-8, which restic before 0.16 cannot keep.</param>
    public static void Create(string root, bool invalidLinkTarget = false)
    {
        using var folder = LocalFiles.OpenFolder(RawPath.FromText(root));
        Contents(folder);
        Names(folder);
        Links(folder, invalidLinkTarget);
        Specials(folder);
        Attributes(folder);
        Sparse(folder);
        Deep(folder);
        Many(folder);
        Metadata(folder);
        TargetFiles.SetTimes(folder, Raw("."), new NodeTime(1_500_000_000, 5), new NodeTime(1_400_000_000, 123_456_789));
    }

    /// <summary>Makes a file with content below an open folder.</summary>
    public static void Write(FolderHandle folder, RawPath name, ReadOnlySpan<byte> content)
    {
        using var file = TargetFiles.CreateFile(folder, name);
        TargetFiles.Write(file, content, 0);
    }

    /// <summary>Bytes that do not compress and are the same each time.</summary>
    public static byte[] Noise(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static void Contents(FolderHandle root)
    {
        Write(root, Raw("empty"), []);
        Write(root, Raw("one byte"), "x"u8);
        Write(root, Raw("text"), Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("the same line again\n", 20_000))));
        Write(root, Raw("several chunks"), Noise(1, 6_000_000));
        Write(root, Raw("the same several chunks"), Noise(1, 6_000_000));
        Write(root, Raw("zeros"), new byte[1_500_000]);
    }

    private static void Names(FolderHandle root)
    {
        using var names = Folder(root, Raw("names"));
        Write(names, new RawPath([.. Enumerable.Repeat((byte)'n', 255)]), "255 bytes"u8);
        foreach (var name in new[]
            {
                " ", "with space", "-rf", "new\nline", "tab\tand\rreturn", "bell\a\b\f\v\u001b", "quote\"back\\slash'", "<html>&amp;", "été", "e\u0301te\u0301",
                "日本語", "🎉", "\u2028\u2029", "\u00a0nbsp", "\u00ad", "\ufffd", "\u007f", "*?[a]", "$HOME", "{}", "..hidden", "...", ".profile", "CON", "a:b",
            })
            Write(names, Raw(name), Encoding.UTF8.GetBytes(name));
        Write(names, new RawPath([0xff, 0xfe, (byte)'x']), "not UTF-8"u8);
        Write(names, new RawPath([0xe9, (byte)'t', 0xe9]), "Latin-1"u8);
        Write(names, new RawPath([0xed, 0xa0, 0x80]), "a surrogate"u8);
        Write(names, new RawPath([0xf0, 0x9f, 0x8e]), "cut short"u8);
        using var folder = Folder(names, new RawPath([(byte)'d', 0x80]));
        Write(folder, Raw("inside"), "in a folder whose name is not UTF-8"u8);
    }

    private static void Links(FolderHandle root, bool invalidLinkTarget)
    {
        using var links = Folder(root, Raw("links"));
        TargetFiles.Symlink(Raw("../text"), links, Raw("to a file"));
        TargetFiles.Symlink(Raw("nowhere/at all"), links, Raw("dangling"));
        TargetFiles.Symlink(Raw("/etc/passwd"), links, Raw("absolute"));
        TargetFiles.Symlink(Raw("loop"), links, Raw("loop"));
        TargetFiles.Symlink(Raw(".."), links, Raw("to a folder"));
        TargetFiles.Symlink(Raw("<é>&\n\""), links, Raw("odd target"));
        TargetFiles.Symlink(new RawPath([.. Enumerable.Repeat((byte)'t', 4000)]), links, Raw("long target"));
        if (invalidLinkTarget)
            TargetFiles.Symlink(new RawPath([0xff, (byte)'/', 0x80]), links, Raw("target not UTF-8"));
        TargetFiles.SetTimes(links, Raw("dangling"), new NodeTime(1_000_000_000, 1), new NodeTime(1_000_000_001, 2));

        Write(links, Raw("hard a"), "one file, three names"u8);
        using var other = Folder(root, Raw("other links"));
        TargetFiles.Link(links, Raw("hard a"), links, Raw("hard b"));
        TargetFiles.Link(links, Raw("hard a"), other, Raw("hard c"));
    }

    private static void Specials(FolderHandle root)
    {
        TargetFiles.MakeSpecial(NodeType.Fifo, 0, root, Raw("fifo"));
        if (LocalFiles.Self().Uid != 0)
            return;
        TargetFiles.MakeSpecial(NodeType.CharacterDevice, (1 << 8) | 3, root, Raw("null device"));
        TargetFiles.MakeSpecial(NodeType.BlockDevice, (7UL << 8) | 0x21, root, Raw("loop device"));
        Write(root, Raw("of another owner"), "mine no more"u8);
        TargetFiles.SetOwner(root, Raw("of another owner"), 12345, 54321);
        TargetFiles.Symlink(Raw("text"), root, Raw("link of another owner"));
        TargetFiles.SetOwner(root, Raw("link of another owner"), 1, 2);
    }

    private static void Attributes(FolderHandle root)
    {
        using var folder = Folder(root, Raw("attributes"));
        Write(folder, Raw("file"), "with attributes"u8);
        foreach (var name in new[] { Raw("file"), Raw(".") })
        {
            ExtendedAttributes.Write(folder, name, new ExtendedAttribute("user.plain", "value"u8.ToArray()));
            ExtendedAttributes.Write(folder, name, new ExtendedAttribute("user.bytes", new byte[] { 0, 255, 1, 254, 10 }));
            ExtendedAttributes.Write(folder, name, new ExtendedAttribute("user.empty", ReadOnlyMemory<byte>.Empty));
            ExtendedAttributes.Write(folder, name, new ExtendedAttribute("user.long", Noise(2, 2000)));
        }
    }

    private static void Sparse(FolderHandle root)
    {
        using var folder = Folder(root, Raw("sparse"));
        foreach (var (name, offset) in new[] { ("hole at the head", 8_000_000L), ("hole in the middle", 0L), ("hole at the tail", 0L), ("only a hole", -1L) })
        {
            using var file = TargetFiles.CreateFile(folder, Raw(name));
            TargetFiles.SetLength(file, 9_000_000);
            if (offset >= 0)
                TargetFiles.Write(file, Noise(3, 300_000), offset);
            if (name == "hole in the middle")
                TargetFiles.Write(file, Noise(4, 300_001), 9_000_000 - 300_001);
        }
    }

    private static void Deep(FolderHandle root)
    {
        var folder = Folder(root, Raw("deep"));
        for (var depth = 0; depth < 60; depth++)
        {
            using var parent = folder;
            folder = Folder(parent, Raw($"level {depth:d3} of many"));
        }

        using (folder)
            Write(folder, Raw("at the bottom"), "hello"u8);
    }

    private static void Many(FolderHandle root)
    {
        using var folder = Folder(root, Raw("many"));
        for (var i = 0; i < 300; i++)
            Write(folder, Raw($"file {i}"), SHA256.HashData(BitConverter.GetBytes(i)));
        using var empty = Folder(root, Raw("empty folder"));
    }

    private static void Metadata(FolderHandle root)
    {
        using var folder = Folder(root, Raw("metadata"));
        foreach (var (name, permissions, modified) in new (string, uint, NodeTime)[]
            {
                ("setuid", 0x9ed, new(1_600_000_000, 1)), ("setgid", 0x5ed, new(1_600_000_000, 10)), ("sticky", 0x3b4, new(1_600_000_000, 100_000_000)),
                ("no permissions", 0, new(0, 0)), ("read only", 0x124, new(-1, 999_999_999)), ("all", 0x1ff, new(-1_234_567_890, 123_456_789)),
                ("in the future", 0x1a4, new(4_102_444_800, 999_999_999)),
            })
        {
            Write(folder, Raw(name), Encoding.UTF8.GetBytes(name));
            TargetFiles.SetPermissions(folder, Raw(name), permissions);
            TargetFiles.SetTimes(folder, Raw(name), modified, modified);
        }

        using (var readOnly = Folder(folder, Raw("read-only folder")))
            Write(readOnly, Raw("in it"), "x"u8);
        TargetFiles.SetPermissions(folder, Raw("read-only folder"), 0x16d);
        using (Folder(folder, Raw("sticky folder")))
            TargetFiles.SetPermissions(folder, Raw("sticky folder"), 0x3ff);
        TargetFiles.SetTimes(folder, Raw("sticky folder"), new NodeTime(-5, 5), new NodeTime(-5, 5));
        TargetFiles.SetTimes(folder, Raw("read-only folder"), new NodeTime(7, 7), new NodeTime(7, 7));
    }

    private static FolderHandle Folder(FolderHandle parent, RawPath name)
    {
        Assert.True(TargetFiles.TryMakeFolder(parent, name));
        TargetFiles.SetPermissions(parent, name, 0x1ed);
        return LocalFiles.OpenFolder(parent, name);
    }

    private static RawPath Raw(string text) => RawPath.FromText(text);
}
