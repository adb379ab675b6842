using BackupOnline.Engine.Ids;

namespace BackupOnline.Engine.Tests.Checking;

/// <summary>One thing that disks, memories and cables do to stored bytes. The same seed does the same.</summary>
internal sealed record Corruption(string What, ObjectName Name, byte[] Bytes)
{
    /// <summary>An object and what becomes of it, never what it was; every kind of object is hit as often.</summary>
    public static Corruption Draw(int seed, IReadOnlyDictionary<ObjectName, byte[]> objects)
    {
        var dice = new Random(seed);
        var kinds = objects.Keys.Select(name => name.Kind).Distinct().Order().ToList();
        while (true)
        {
            var kind = kinds[dice.Next(kinds.Count)];
            var names = objects.Keys.Where(name => name.Kind == kind).OrderBy(name => name.Name, StringComparer.Ordinal).ToList();
            var name = names[dice.Next(names.Count)];
            var (what, bytes) = Harm(dice, objects[name], objects[names[dice.Next(names.Count)]]);
            if (!bytes.AsSpan().SequenceEqual(objects[name]))
                return new($"{what} in {name} (seed {seed})", name, bytes);
        }
    }

    private static (string What, byte[] Bytes) Harm(Random dice, byte[] whole, byte[] other)
    {
        var bytes = whole.ToArray();
        var at = dice.Next(bytes.Length);
        var length = 1 + dice.Next(Math.Min(4096, bytes.Length - at));
        switch (dice.Next(6))
        {
            case 0:
                bytes[at] ^= (byte)(1 << dice.Next(8));
                return ($"bit turned over at {at}", bytes);
            case 1:
                return ($"cut off at {at}", bytes[..at]);
            case 2:
                bytes.AsSpan(at, length).Clear();
                return ($"zeros from {at} to {at + length}", bytes);
            case 3:
                var to = dice.Next(bytes.Length - length + 1);
                var (one, two) = (bytes.AsSpan(at, length).ToArray(), bytes.AsSpan(to, length).ToArray());
                one.CopyTo(bytes.AsSpan(to));
                two.CopyTo(bytes.AsSpan(at));
                return ($"{length} bytes at {at} and {to} changed places", bytes);
            case 4:
                return ("another object's bytes", other.ToArray());
            default:
                return ($"{length} bytes more", [.. bytes, .. Enumerable.Range(0, length).Select(_ => (byte)dice.Next(256))]);
        }
    }
}
