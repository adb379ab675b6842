using System.Collections.Concurrent;
using BackupOnline.StorageNode.Tests.Hosting;

namespace BackupOnline.SystemTests.Running;

/// <summary>One agent's way to one node, through a proxy that counts every byte by slot and by second: the independent judge of metering.</summary>
internal sealed class Tally : IAsyncDisposable
{
    private readonly ConcurrentDictionary<long, (long In, long Out)> seconds = new();

    public Tally(string node, int port)
    {
        Node = node;
        Proxy = new(port, Count);
    }

    public string Node { get; }

    public CountingProxy Proxy { get; }

    /// <summary>The same repository, reached through the proxy.</summary>
    public string Through(string repository)
    {
        var address = new UriBuilder(repository["rest:".Length..]) { Port = Proxy.Port };
        return $"rest:{address.Uri.AbsoluteUri}";
    }

    public (long In, long Out) Since(DateTimeOffset from) => Sum(second => second >= from.ToUnixTimeSeconds());

    public (long In, long Out) Slot(long slot) => Sum(second => second / 300 == slot);

    public IEnumerable<long> Slots => seconds.Keys.Select(second => second / 300).Distinct();

    public ValueTask DisposeAsync() => Proxy.DisposeAsync();

    private (long In, long Out) Sum(Func<long, bool> which)
    {
        var chosen = seconds.Where(pair => which(pair.Key)).Select(pair => pair.Value).ToList();
        return (chosen.Sum(pair => pair.In), chosen.Sum(pair => pair.Out));
    }

    private void Count(long inBytes, long outBytes) =>
        seconds.AddOrUpdate(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), (inBytes, outBytes), (_, sum) => (sum.In + inBytes, sum.Out + outBytes));
}
