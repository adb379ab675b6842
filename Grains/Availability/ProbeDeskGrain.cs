using BackupOnline.Grains.Interfaces.Availability;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Requests;

namespace BackupOnline.Grains.Availability;

/// <summary>In memory alone: after a loss a round may be given out twice, and a probe too many changes no result.</summary>
internal sealed class ProbeDeskGrain(TimeProvider clock) : Grain, IProbeDeskGrain
{
    /// <summary>Rounds that a prober may still ask for, to either side of the present.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromMinutes(2);

    /// <summary>Who was not heard of for so long is no longer waited for.</summary>
    private static readonly TimeSpan Absence = TimeSpan.FromSeconds(150);

    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private const int MostProbers = 100;

    private readonly Dictionary<string, DateTimeOffset> seen = new(StringComparer.Ordinal);

    private readonly SortedDictionary<DateTimeOffset, string?[]> rounds = [];

    public Task<Reply<ProbeOrders>> ClaimAsync(ClaimProbes request, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if ((Check.Name(request.Prober, "prober")
            ?? Check.That((request.Round - now).Duration() <= Reach, "round-invalid", $"A round is within {Reach.TotalMinutes:0} minutes of now. Set the prober's clock right.")) is { } wrong)
        {
            return Task.FromResult<Reply<ProbeOrders>>(wrong);
        }

        Forget(now);
        if (seen.Count >= MostProbers && !seen.ContainsKey(request.Prober))
            return Task.FromResult<Reply<ProbeOrders>>(Refusal.Conflict("too-many-probers", $"At most {MostProbers} probers share the vaults. Switch some off."));

        seen[request.Prober] = now;
        var live = seen.Where(prober => now - prober.Value <= Absence).Select(prober => prober.Key).ToList();
        var round = request.Round.ToUniversalTime();
        if (!rounds.TryGetValue(round, out var holders)) rounds[round] = holders = new string?[ProbeShard.Count];
        var shards = Enumerable.Range(0, ProbeShard.Count).Where(shard =>
        {
            if (holders[shard] is null && (request.WhatIsLeft || OwnerOf(shard, live) == request.Prober)) holders[shard] = request.Prober;
            return holders[shard] == request.Prober;
        });
        return Task.FromResult(Reply<ProbeOrders>.Done(new() { Shards = [.. shards] }));
    }

    public Task LeaveAsync(string prober, CancellationToken cancellation)
    {
        seen.Remove(prober);
        return Task.CompletedTask;
    }

    public Task<ProberList> ProbersAsync(CancellationToken cancellation) => Task.FromResult(new ProberList
    {
        Items = [.. seen.OrderBy(prober => prober.Key, StringComparer.Ordinal).Select(prober => new ProberView
        {
            Name = prober.Key,
            LastSeenAt = prober.Value,
            Shards = rounds.Count == 0 ? 0 : rounds.Last().Value.Count(holder => holder == prober.Key),
        })],
    });

    // Rendezvous: who comes or goes moves only its own shards.
    private static string OwnerOf(int shard, List<string> live) => live.MaxBy(prober => (ProbeShard.Hash($"{prober}#{shard}"), prober))!;

    private void Forget(DateTimeOffset now)
    {
        foreach (var gone in seen.Where(prober => now - prober.Value > Memory).Select(prober => prober.Key).ToList()) seen.Remove(gone);
        foreach (var past in rounds.Keys.Where(round => (now - round).Duration() > 2 * Reach).ToList()) rounds.Remove(past);
    }
}
