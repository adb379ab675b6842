using BackupOnline.Engine.Images;

namespace BackupOnline.Images;

/// <summary>
/// A disk without a file system, two fifths in use, and a day that is hard on blocks: a tenth of what is written are single pages anywhere. Half of the bytes can be compressed.
/// </summary>
internal sealed class ScatteredDisk(int seed) : IDiskMaker
{
    private const int Page = 4096;
    private readonly Random _dice = new(seed);
    private readonly Content _content = new(seed + 1);
    private readonly List<ImageExtent> _data = [];

    public DiskFile Make(string path, long size)
    {
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.SetLength(file, size);
            var buffer = new byte[16 << 20];
            for (var at = 0L; at < size;)
            {
                // Files of 64 KiB to 16 MiB, then room that is a little larger.
                var length = Math.Min(size - at, Math.Min(buffer.Length, DiskFile.Granule << _dice.Next(9)));
                _content.Fill(buffer.AsSpan(0, (int)length));
                RandomAccess.Write(file, buffer.AsSpan(0, (int)length), at);
                _data.Add(new ImageExtent(at, length, IsZero: false));
                at += length + (length * 3 / 2 / Page * Page);
            }
        }

        return new DiskFile(path, size, _data);
    }

    /// <summary>
    /// A day's writes: three fifths appended to files in long runs (logs, uploads, updates), three tenths pages of 16 KiB in the two-hundredth of the disk that a data base has, the pages in demand
    /// many times, and one tenth single pages of 4 KiB anywhere (metadata of the file system).
    /// </summary>
    public void ChangeForADay(DiskFile disk, long bytes)
    {
        var buffer = new byte[4 << 20];
        for (var left = bytes * 6 / 10; left > 0;)
        {
            var file = _data[_dice.Next(_data.Count)];
            var length = (int)Math.Min(Math.Min(left, file.Length), DiskFile.Granule << _dice.Next(7));
            Put(disk, file.Offset + (_dice.NextInt64((file.Length - length) / Page + 1) * Page), buffer.AsSpan(0, length));
            left -= length;
        }

        var (size, first) = (_data[^1].End, _data.Count / 3);
        var pages = Math.Max(1, size / 200 / (4 * Page));
        for (var left = bytes * 3 / 10; left > 0; left -= 4 * Page)
        {
            // The square makes the pages at the beginning much more wanted than those at the end.
            var page = (long)(pages * Math.Pow(_dice.NextDouble(), 2));
            Put(disk, _data[first].Offset + (page * 4 * Page), buffer.AsSpan(0, 4 * Page));
        }

        for (var left = bytes / 10; left > 0; left -= Page)
        {
            var file = _data[_dice.Next(_data.Count)];
            Put(disk, file.Offset + (_dice.NextInt64(file.Length / Page) * Page), buffer.AsSpan(0, Page));
        }
    }

    private void Put(DiskFile disk, long offset, Span<byte> bytes)
    {
        _content.Fill(bytes);
        disk.Write(offset, bytes);
    }
}
