using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using BackupOnline.Rules.Audit;
using CsCheck;
using NodaTime;

namespace BackupOnline.Rules.Tests.Audit;

public sealed class LogChainTests
{
    private static readonly LogEntry First = new()
    {
        Scope = "acme",
        Number = 1,
        At = Instant.FromUnixTimeTicks(17_000_000_000_000_019),
        Event = "vault.created",
        Actor = "key:acme/k1",
        Subject = "vault/acme/main",
        Address = "127.0.0.1",
        Details = ImmutableSortedDictionary<string, string>.Empty.Add("node", "n1").Add("é", ""),
    };

    private static readonly Gen<string> Texts = Gen.OneOf(Gen.OneOf("", "a", "aa", "\u0001"), Gen.String[Gen.Char['a', 'c'], 0, 3]);

    private static readonly Gen<LogEntry> Entries = Gen.Select(Texts, Texts, Texts, Texts, Gen.Dictionary(Texts, Texts)[0, 3], Gen.Long[0, 3], Gen.Bool)
        .Select((e, a, s, address, details, micros, hasAddress) => new LogEntry
        {
            Scope = "acme",
            Number = 1,
            At = Instant.FromUnixTimeTicks(micros * 10),
            Event = e,
            Actor = a,
            Subject = s,
            Address = hasAddress ? address : null,
            Details = details.ToImmutableSortedDictionary(StringComparer.Ordinal),
        });

    private static readonly Gen<(LogEntry Entry, string Hash)[]> Chains = Entries.Array[0, 6].Select(Chain);

    // Written from the description of the format, independent of the code.
    [Fact]
    public void The_canonical_bytes_are_the_described_ones()
    {
        const string expected =
            "626f2d6c6f672f31" + "00000004" + "61636d65" + "0000000000000001" + "00060a24181e4001"
            + "0000000d" + "7661756c742e63726561746564" + "0000000b" + "6b65793a61636d652f6b31" + "0000000f" + "7661756c742f61636d652f6d61696e"
            + "00000009" + "3132372e302e302e31" + "00000002" + "00000004" + "6e6f6465" + "00000002" + "6e31" + "00000002" + "c3a9" + "00000000";

        Assert.Equal(expected, Convert.ToHexStringLower(LogChain.Canonical(First)));
    }

    [Fact]
    public void A_link_is_the_sha256_of_the_canonical_bytes_and_the_hash_before()
    {
        var previous = Convert.ToHexStringLower(SHA256.HashData("before"u8));
        byte[] bytes = [.. LogChain.Canonical(First), .. Convert.FromHexString(previous)];

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), LogChain.Link(First, previous));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    [InlineData(-1, -1)]
    [InlineData(-10, -1)]
    [InlineData(-11, -2)]
    public void Times_are_whole_microseconds_rounded_down(long ticks, long microseconds)
    {
        var bytes = LogChain.Canonical(First with { At = Instant.FromUnixTimeTicks(ticks) });

        Assert.Equal(microseconds, BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(24)));
    }

    [Fact]
    public void An_absent_address_is_not_an_empty_one()
    {
        Assert.NotEqual(
            LogChain.Link(First with { Address = null }, LogChain.Origin), LogChain.Link(First with { Address = "" }, LogChain.Origin));
    }

    [Fact]
    public void Details_stand_in_the_order_of_their_bytes_whatever_order_they_were_kept_in()
    {
        var backwards = Comparer<string>.Create((a, b) => string.CompareOrdinal(b, a));
        var kept = ImmutableSortedDictionary.Create<string, string>(backwards).AddRange(First.Details);

        Assert.Equal(LogChain.Link(First, LogChain.Origin), LogChain.Link(First with { Details = kept }, LogChain.Origin));
    }

    [Fact]
    public void Text_that_is_not_unicode_is_refused_rather_than_confused_with_other_text()
    {
        Assert.Throws<EncoderFallbackException>(() => LogChain.Link(First with { Subject = "\ud800" }, LogChain.Origin));
        Assert.Throws<ArgumentException>(() => LogChain.Link(First, "00"));
    }

    [Fact]
    public void A_whole_chain_verifies_and_so_does_any_tail_of_it()
    {
        Chains.Sample(chain =>
        {
            Assert.Null(LogChain.FirstBroken("acme", (0, LogChain.Origin), chain));
            for (var i = 1; i <= chain.Length; i++)
            {
                Assert.Null(LogChain.FirstBroken("acme", (i, chain[i - 1].Hash), chain[i..]));
            }
        });
    }

    [Fact]
    public void Any_change_of_any_entry_is_found_at_that_entry()
    {
        Gen.Select(Chains.Where(c => c.Length > 0), Gen.Int[0, 999], Gen.Int[0, 7]).Sample((chain, at, what) =>
        {
            var index = at % chain.Length;
            var forged = chain.ToArray();
            forged[index].Entry = Forge(forged[index].Entry, what);

            Assert.Equal(index + 1, LogChain.FirstBroken("acme", (0, LogChain.Origin), forged));
        });
    }

    [Fact]
    public void An_entry_left_out_or_moved_or_hashed_anew_is_found()
    {
        Chains.Where(c => c.Length > 2).Sample(chain =>
        {
            Assert.Equal(2, LogChain.FirstBroken("acme", (0, LogChain.Origin), [chain[0], .. chain[2..]]));
            Assert.Equal(1, LogChain.FirstBroken("acme", (0, LogChain.Origin), [chain[1], chain[0], .. chain[2..]]));

            var forged = chain[1].Entry with { Subject = "somebody/else" };
            var rehashed = (forged, LogChain.Link(forged, chain[0].Hash));
            Assert.Equal(3, LogChain.FirstBroken("acme", (0, LogChain.Origin), [chain[0], rehashed, .. chain[2..]]));
        });
    }

    [Fact]
    public void No_two_different_entries_share_canonical_bytes()
    {
        Gen.Select(Entries, Entries).Sample((left, right) =>
        {
            var same = left with { Details = right.Details } == right && left.Details.SequenceEqual(right.Details);
            Assert.Equal(same, LogChain.Canonical(left).AsSpan().SequenceEqual(LogChain.Canonical(right)));
        });
    }

    private static (LogEntry Entry, string Hash)[] Chain(LogEntry[] entries)
    {
        var hash = LogChain.Origin;
        return [.. entries.Select((entry, i) =>
        {
            var numbered = entry with { Number = i + 1 };
            hash = LogChain.Link(numbered, hash);
            return (numbered, hash);
        })];
    }

    private static LogEntry Forge(LogEntry entry, int what) => what switch
    {
        0 => entry with { Event = entry.Event + "x" },
        1 => entry with { Actor = entry.Actor + "x" },
        2 => entry with { Subject = entry.Subject + "x" },
        3 => entry with { Address = entry.Address + "x" },
        4 => entry with { At = entry.At + Duration.FromMilliseconds(1) },
        5 => entry with { Details = entry.Details.SetItem("forged", "x") },
        6 => entry with { Scope = "acne" },
        _ => entry with { Number = entry.Number + 1 },
    };
}
