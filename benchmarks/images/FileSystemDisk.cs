namespace BackupOnline.Images;

/// <summary>
/// A real ext4 file system, up to two fifths in use: this machine's own software, a data base of a two-hundredth of the disk, logs. A day there is ordinary work on its files. Mounted through a loop
/// device, which takes root.
/// </summary>
internal sealed class FileSystemDisk(int seed) : IDiskMaker
{
    private const int Page = 16 << 10;
    private const int Logs = 40;
    private readonly Random _dice = new(seed);
    private readonly Content _content = new(seed + 1);

    public DiskFile Make(string path, long size)
    {
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
            RandomAccess.SetLength(file, size);
        Tool.Run("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", path);
        using (var mount = new LoopMount(path))
        {
            Append(mount["var/data.db"], size / 200);
            for (var log = 0; log < Logs; log++)
                Append(mount[$"var/log/{log}.log"], _dice.Next(1, 9) << 20);
            for (var copy = 0; mount.Free > size * 6 / 10; copy++)
                Copy("/usr", mount[$"usr{copy}"], () => mount.Free > size * 6 / 10);
        }

        return new DiskFile(path, size, Granules.Of(path).Data);
    }

    public void ChangeForADay(DiskFile disk, long bytes)
    {
        var before = Granules.Of(disk.Path);
        using (var mount = new LoopMount(disk.Path))
        {
            ChangePages(mount["var/data.db"], bytes * 3 / 10);
            for (var left = bytes * 3 / 10; left > 0;)
                left -= Append(mount[$"var/log/{_dice.Next(Logs)}.log"], _dice.Next(1, 65) << 10);
            ReplaceFiles(mount["usr0"], bytes * 3 / 10);
            for (var (left, number) = (bytes / 10, 0); left > 0; number++)
                left -= Append(mount[$"var/spool/{number % 20}/{number}"], _dice.Next(1 << 10, 32 << 10));
        }

        disk.Wrote(bytes, Granules.Of(disk.Path).DifferingFrom(before));
    }

    /// <summary>As a package manager does: written beside the old one, and renamed onto it.</summary>
    private void ReplaceFiles(string folder, long bytes)
    {
        var files = new DirectoryInfo(folder).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(file => file.Length is > 0 and < 4 << 20).Select(file => (file.FullName, file.Length)).OrderBy(file => file.FullName, StringComparer.Ordinal).ToList();
        while (bytes > 0)
        {
            var (name, length) = files[_dice.Next(files.Count)];
            bytes -= Append(name + ".new", length);
            File.Move(name + ".new", name, overwrite: true);
        }
    }

    private void ChangePages(string path, long bytes)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        var (page, pages) = (new byte[Page], RandomAccess.GetLength(file) / Page);
        for (; bytes > 0; bytes -= Page)
        {
            _content.Fill(page);

            // The square makes the pages at the beginning much more wanted than those at the end.
            RandomAccess.Write(file, page, (long)(pages * Math.Pow(_dice.NextDouble(), 2)) * Page);
        }
    }

    private long Append(string path, long length)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write);
        var buffer = new byte[Math.Min(length, 1 << 20)];
        for (var left = length; left > 0; left -= buffer.Length)
        {
            _content.Fill(buffer);
            file.Write(buffer.AsSpan(0, (int)Math.Min(left, buffer.Length)));
        }

        return length;
    }

    private static void Copy(string from, string to, Func<bool> goOn)
    {
        foreach (var file in new DirectoryInfo(from).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            if (!goOn())
                return;
            var target = Path.Combine(to, Path.GetRelativePath(from, file.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            file.CopyTo(target);
        }
    }
}
