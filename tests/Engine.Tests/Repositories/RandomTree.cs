using System.Text;

namespace BackupOnline.Engine.Tests.Repositories;

/// <summary>A tree of folders, files, links and holes that grows and changes by dice. The same seed does the same.</summary>
internal sealed class RandomTree(string root, int seed)
{
    private readonly Random _dice = new(seed);
    private readonly List<string> _folders = [root];
    private readonly List<string> _files = [];

    /// <summary>Some twenty new entries; of the known files some are changed, cut, moved or removed.</summary>
    public void Grow()
    {
        foreach (var file in _files.ToList())
        {
            if (_dice.Next(5) == 0)
                Change(file);
        }

        for (var i = _dice.Next(8, 30); i > 0; i--)
            Add(_folders[_dice.Next(_folders.Count)]);
    }

    private void Add(string folder)
    {
        var path = Path.Combine(folder, Name());
        if (Path.Exists(path))
            return;
        switch (_dice.Next(10))
        {
            case 0:
                Directory.CreateDirectory(path);
                _folders.Add(path);
                break;
            case 1:
                File.CreateSymbolicLink(path, Name());
                break;
            case 2:
                using (var holes = File.Create(path))
                {
                    holes.SetLength(_dice.Next(3_000_000));
                    holes.Position = holes.Length / 2;
                    holes.WriteByte(1);
                }

                _files.Add(path);
                break;
            default:
                File.WriteAllBytes(path, Content());
                _files.Add(path);
                break;
        }
    }

    private void Change(string file)
    {
        switch (_dice.Next(4))
        {
            case 0:
                File.Delete(file);
                _files.Remove(file);
                break;
            case 1:
                File.AppendAllBytes(file, Content());
                break;
            case 2:
                using (var cut = File.OpenWrite(file))
                    cut.SetLength(cut.Length / 2);
                break;
            default:
                var moved = file + "~";
                File.Move(file, moved, overwrite: true);
                _files.Remove(file);
                if (!_files.Contains(moved))
                    _files.Add(moved);
                break;
        }
    }

    /// <summary>Mostly small, sometimes of several chunks; noise, or text that compresses, or a copy of another file.</summary>
    private byte[] Content()
    {
        if (_files.Count > 0 && _dice.Next(6) == 0)
            return File.ReadAllBytes(_files[_dice.Next(_files.Count)]);
        var bytes = new byte[_dice.Next(12) == 0 ? _dice.Next(6_000_000) : _dice.Next(1 << _dice.Next(1, 18))];
        _dice.NextBytes(bytes);
        if (_dice.Next(2) == 0)
        {
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] = (byte)('a' + (bytes[i] % 4));
        }

        return bytes;
    }

    private string Name()
    {
        const string Letters = "abcXYZ019 .-_~éß\u4e2d<>&'\"\\\t";
        var name = new StringBuilder();
        for (var i = _dice.Next(1, 12); i > 0; i--)
            name.Append(Letters[_dice.Next(Letters.Length)]);
        return name.ToString() is var text && text is "." or ".." ? "dots" : text;
    }
}
