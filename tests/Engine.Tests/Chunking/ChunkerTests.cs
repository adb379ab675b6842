using System.Text.Json;
using BackupOnline.Engine.Chunking;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Tests.Files;

namespace BackupOnline.Engine.Tests.Chunking;

public sealed class ChunkerTests
{
    private static readonly Polynomial Known = Polynomial.Parse("3da3358b4dc173");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Files_are_cut_where_restic_cuts_them(bool isWide)
    {
        SkipWithout(isWide);
        using var folder = new TempFolder();
        var noise = OddTree.Noise(42, 40_000_000);
        var mixed = OddTree.Noise(43, 12_000_000);
        mixed.AsSpan(1_000_000, 9_500_000).Clear();
        await File.WriteAllBytesAsync(folder["noise"], noise);
        await File.WriteAllBytesAsync(folder["mixed"], mixed);
        await StockRestic.RunAsync(folder["repo"], "init");
        await StockRestic.RunAsync(folder["repo"], "backup", folder["noise"], folder["mixed"]);
        var config = JsonDocument.Parse(await StockRestic.RunAsync(folder["repo"], "cat", "config")).RootElement;
        var chunker = new Chunker(Polynomial.Parse(config.GetProperty("chunker_polynomial").GetString()), isWide);

        var byRestic = await ContentsAsync(folder);
        Assert.Equal(byRestic["noise"], Cut(chunker, noise).Select(id => id.ToString()));
        Assert.Equal(byRestic["mixed"], Cut(chunker, mixed).Select(id => id.ToString()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_of_zeros_is_cut_at_the_minimum_and_what_never_fits_at_the_maximum(bool isWide)
    {
        SkipWithout(isWide);
        var chunker = new Chunker(Known, isWide);
        Assert.Equal(Chunker.MinLength, chunker.FindCut(new byte[Chunker.MinLength * 2]));
        Assert.Equal(-1, chunker.FindCut(new byte[Chunker.MinLength - 1]));
        Assert.Equal(-1, chunker.FindCut([]));

        // A period of 64 bytes makes every window after the first the same up to rotation: 64 fingerprints, none of which is a cut here.
        var periodic = new byte[Chunker.MaxLength + 100];
        for (var i = 0; i < periodic.Length; i++)
            periodic[i] = (byte)(i % 64);
        Assert.Equal(Chunker.MaxLength, chunker.FindCut(periodic));
        Assert.Equal(-1, chunker.FindCut(periodic.AsSpan(0, Chunker.MaxLength - 1)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cuts_do_not_depend_on_how_the_bytes_arrive(bool isWide)
    {
        SkipWithout(isWide);
        var chunker = new Chunker(Known, isWide);
        var bytes = OddTree.Noise(7, 9_000_000);
        var whole = chunker.FindCut(bytes);
        foreach (var step in new[] { 1_000, 65_536, 524_288, 700_001 })
        {
            var (found, searched) = (-1, 0);
            for (var length = step; found < 0 && length <= bytes.Length; length += step)
            {
                found = chunker.FindCut(bytes.AsSpan(0, length), searched);
                searched = length;
            }

            Assert.Equal(whole, found);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_fingerprint_is_the_remainder_of_the_last_64_bytes(bool isWide)
    {
        SkipWithout(isWide);
        var chunker = new Chunker(Known, isWide);
        var bytes = OddTree.Noise(8, 8_000_000);
        var cut = chunker.FindCut(bytes);
        Assert.InRange(cut, Chunker.MinLength, Chunker.MaxLength - 1);
        Assert.Equal(0UL, Remainder(bytes.AsSpan(cut - 64, 64)) & 0xfffff);
        for (var length = Math.Max(Chunker.MinLength, cut - 20_000); length < cut; length++)
            Assert.NotEqual(0UL, Remainder(bytes.AsSpan(length - 64, 64)) & 0xfffff);
    }

    [Fact]
    public void With_the_wide_instructions_every_cut_is_where_it_is_without_them()
    {
        SkipWithout(isWide: true);
        var bytes = OddTree.Noise(9, 24_000_000);
        bytes.AsSpan(5_000_000, 3_000_000).Clear();
        foreach (var polynomial in Enumerable.Range(0, 4).Select(_ => Polynomial.NewRandom()).Append(Polynomial.Parse("200005")).Append(Known))
            Assert.Equal(Cut(new Chunker(polynomial, isWide: false), bytes), Cut(new Chunker(polynomial, isWide: true), bytes));
    }

    [Fact]
    public void The_wide_search_finds_a_cut_at_each_of_its_positions()
    {
        SkipWithout(isWide: true);
        var noise = OddTree.Noise(10, Chunker.MaxLength);
        var cut = new Chunker(Known).FindCut(noise);
        Assert.InRange(cut, Chunker.MinLength, Chunker.MaxLength - 1);
        var window = noise.AsSpan(cut - 64, 64).ToArray();
        var scan = new GaloisScan((place, value) =>
        {
            var alone = new byte[64];
            alone[place] = value;
            return Remainder(alone);
        });
        for (var position = 0; position < GaloisScan.Step; position++)
        {
            var bytes = noise.AsSpan(0, 64 + GaloisScan.Step - 1).ToArray();
            Assert.Equal(-1, scan.Find(bytes, 64));
            window.CopyTo(bytes.AsSpan(position));
            Assert.Equal(64 + position, scan.Find(bytes, 64));
        }
    }

    [Theory]
    [InlineData("3da3358b4dc173", true)]
    [InlineData("25b468838dcb75", true)]
    [InlineData("3da3358b4dc172", false)] // divisible by x
    [InlineData("2", true)]
    [InlineData("7", true)]
    [InlineData("5", false)] // (x + 1)^2
    [InlineData("1", false)]
    [InlineData("0", false)]
    public void Irreducible_polynomials_are_told_from_others(string hex, bool irreducible) =>
        Assert.Equal(irreducible, Polynomial.Parse(hex).IsIrreducible());

    [Fact]
    public void New_polynomials_are_irreducible_of_degree_53_and_differ()
    {
        var drawn = Enumerable.Range(0, 5).Select(_ => Polynomial.NewRandom()).ToList();
        Assert.All(drawn, polynomial => Assert.True(polynomial.Degree == 53 && polynomial.IsIrreducible()));
        Assert.Equal(5, drawn.Distinct().Count());
    }

    [Fact]
    public void A_polynomial_that_cannot_cut_is_refused() =>
        Assert.Throws<ArgumentException>(() => new Chunker(Polynomial.Parse("3da3358b4dc172")));

    private static void SkipWithout(bool isWide) =>
        Assert.SkipWhen(isWide && !GaloisScan.IsSupported, "This processor has no Galois field instructions of 256 bits.");

    /// <summary>Bit by bit, as one would by hand.</summary>
    private static ulong Remainder(ReadOnlySpan<byte> window)
    {
        var remainder = 0UL;
        foreach (var value in window)
        {
            for (var bit = 7; bit >= 0; bit--)
            {
                remainder = (remainder << 1) | ((ulong)(value >> bit) & 1);
                if ((remainder >> 53) != 0)
                    remainder ^= Known.Bits;
            }
        }

        return remainder;
    }

    private static IEnumerable<BlobId> Cut(Chunker chunker, byte[] bytes)
    {
        for (var start = 0; start < bytes.Length;)
        {
            var cut = chunker.FindCut(bytes.AsSpan(start));
            var length = cut < 0 ? bytes.Length - start : cut;
            yield return BlobId.Of(bytes.AsSpan(start, length));
            start += length;
        }
    }

    private static async Task<Dictionary<string, List<string?>>> ContentsAsync(TempFolder folder)
    {
        var snapshot = JsonDocument.Parse(await StockRestic.RunAsync(folder["repo"], "cat", "snapshot", await LatestAsync(folder))).RootElement;
        var tree = snapshot.GetProperty("tree").GetString()!;
        while (true)
        {
            var nodes = JsonDocument.Parse(await StockRestic.RunAsync(folder["repo"], "cat", "blob", tree)).RootElement.GetProperty("nodes").EnumerateArray().ToList();
            if (nodes[0].GetProperty("type").GetString() == "file")
            {
                return nodes.ToDictionary(
                    node => node.GetProperty("name").GetString()!,
                    node => node.GetProperty("content").EnumerateArray().Select(id => id.GetString()).ToList());
            }

            tree = nodes[0].GetProperty("subtree").GetString()!;
        }
    }

    private static async Task<string> LatestAsync(TempFolder folder) =>
        JsonDocument.Parse(await StockRestic.RunAsync(folder["repo"], "snapshots", "--json")).RootElement[0].GetProperty("id").GetString()!;
}
