using BackupOnline.Grains.Interfaces.Availability;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Tests.Running;

namespace BackupOnline.Grains.Tests.Availability;

public sealed class ProbeDeskTests(GrainsFixture fixture)
{
    [Fact]
    public async Task Probers_share_a_round_without_overlap_and_what_one_does_not_claim_another_takes()
    {
        await using var cluster = await fixture.StartClusterAsync(World.Name("s"), silos: 1);
        var desk = cluster.Grains.Get(new ProbeDeskKey());
        var round = cluster.Clock.GetUtcNow();

        Assert.Equal(64, (await ClaimAsync("door-a", round)).Length);
        Assert.Empty(await ClaimAsync("door-b", round));

        // From the next round on they share.
        round = Next();
        var (a, b) = (await ClaimAsync("door-a", round), await ClaimAsync("door-b", round));
        Assert.Equal(64, a.Concat(b).Distinct().Count());
        Assert.InRange(a.Length, 16, 48);
        Assert.Equal(a, await ClaimAsync("door-a", round, left: true));

        // One does not come: its share is kept for it at first, and then taken.
        round = Next();
        Assert.Equal(a, await ClaimAsync("door-a", round));
        Assert.Equal(64, (await ClaimAsync("door-a", round, left: true)).Length);
        Assert.Empty(await ClaimAsync("door-b", round));
        Assert.Equal(["door-a", "door-b"], (await desk.ProbersAsync(default)).Items.Select(prober => prober.Name));

        // One leaves: nobody waits for it.
        await desk.LeaveAsync("door-b", default);
        round = Next();
        Assert.Equal(64, (await ClaimAsync("door-a", round)).Length);

        await World.Refused(RefusalKind.Invalid, "prober-invalid", desk.ClaimAsync(new() { Prober = "A", Round = round }, default));
        await World.Refused(RefusalKind.Invalid, "round-invalid", desk.ClaimAsync(new() { Prober = "door-a", Round = round.AddHours(1) }, default));

        DateTimeOffset Next()
        {
            cluster.Clock.Advance(TimeSpan.FromMinutes(1));
            return cluster.Clock.GetUtcNow();
        }

        async Task<int[]> ClaimAsync(string prober, DateTimeOffset at, bool left = false) =>
            [.. (await World.Must(desk.ClaimAsync(new() { Prober = prober, Round = at, WhatIsLeft = left }, default))).Shards];
    }

    [Fact]
    public void Vaults_spread_evenly_over_the_shards_and_stay_there()
    {
        var shards = Enumerable.Range(0, 6400).CountBy(i => ProbeShard.Of(new VaultKey($"t{i / 7}", $"vault-{i}"))).ToDictionary();

        Assert.Equal(64, shards.Count);
        Assert.InRange(shards.Values.Min(), 60, 100);
        Assert.InRange(shards.Values.Max(), 100, 145);
        Assert.Equal(ProbeShard.Of(new("acme", "main")), ProbeShard.Of(new("acme", "main")));
    }
}
