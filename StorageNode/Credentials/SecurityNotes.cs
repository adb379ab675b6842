using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Threading.Channels;
using BackupOnline.Grains.Interfaces.Audit;
using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.StorageNode.Vaults;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BackupOnline.StorageNode.Credentials;

/// <summary>
/// Brings security events to the log of the tenant concerned (only where this shelf holds the vault: a stranger must not make logs), else to the provider's.
/// Bounded: a flood is noted at 1, 2, 4, 8... tries, and all together at most 60 times a minute, with the number of what was left out.
/// </summary>
internal sealed partial class SecurityNotes(
    IOptions<ShelfOptions> options, IGrainFactory grains, VaultRegister vaults, TimeProvider clock, ILogger<SecurityNotes> logger) : BackgroundService
{
    private const int MostPerMinute = 60;

    private readonly Channel<(string Log, LogFact Fact)> _waiting =
        Channel.CreateBounded<(string, LogFact)>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropWrite });

    // Bounded by the number of good credentials.
    private readonly ConcurrentDictionary<string, int> _foreignTries = new();
    private readonly Lock _lock = new();
    private DateTimeOffset _minute;
    private int _inMinute;
    private int _leftOut;

    /// <summary>A wrong credential.</summary>
    public void WrongTry(VaultKey vault, string keyId, IPAddress address, int tries) =>
        Note(vaults.Knows(vault) ? vault.Tenant : LogKey.Provider, "credential.refused", keyId, vault, address, tries);

    /// <summary>A good credential shown to a vault that is not its own (contract article 5: attempts on other accounts).</summary>
    public void Foreign(VaultKey home, VaultKey asked, string keyId, IPAddress address) =>
        Note(
            home.Tenant == asked.Tenant ? home.Tenant : LogKey.Provider,
            "vault.foreign-refused",
            $"{home.Tenant}/{keyId}",
            asked,
            address,
            _foreignTries.AddOrUpdate(keyId, 1, (_, tries) => tries + 1));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (log, fact) in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await grains.Get(new LogKey(log)).NoteAsync(fact, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotNoted(fact.Event, fact.Subject, fact.Actor, e);
            }
        }
    }

    private void Note(string log, string what, string keyId, VaultKey subject, IPAddress address, int tries)
    {
        var now = clock.GetUtcNow();
        if (!BitOperations.IsPow2(tries) || LeftOutBefore(now) is not { } leftOut)
            return;

        var details = ImmutableSortedDictionary<string, string>.Empty
            .Add("node", options.Value.Node)
            .Add("tries", tries.ToString(CultureInfo.InvariantCulture));
        _waiting.Writer.TryWrite((log, new LogFact
        {
            Id = $"shelf-{options.Value.Node}-{Guid.CreateVersion7(now):N}",
            Event = what,
            Actor = $"credential:{keyId}",
            Subject = subject.ToString(),
            Address = address.ToString(),
            Details = leftOut == 0 ? details : details.Add("eventsLeftOut", leftOut.ToString(CultureInfo.InvariantCulture)),
        }));
    }

    /// <summary>How many events were left out since the last note, or null when this one is left out too.</summary>
    private int? LeftOutBefore(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (now - _minute >= TimeSpan.FromMinutes(1) || now < _minute)
                (_minute, _inMinute) = (now, 0);

            if (_inMinute == MostPerMinute)
            {
                _leftOut++;
                return null;
            }

            _inMinute++;
            var leftOut = _leftOut;
            _leftOut = 0;
            return leftOut;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Security event not brought to the log: {Event} {Subject} {Actor}")]
    private partial void LogNotNoted(string @event, string subject, string actor, Exception e);
}
