using System.IO.Pipelines;
using BackupOnline.StorageNode.Shaping;

namespace BackupOnline.StorageNode.Metering;

/// <summary>
/// One connection of the node's own socket, below TLS (decision 21): counts its bytes, and holds them to its tenant's rate. It is nobody's until the first good credential, then that
/// tenant's for good, earlier bytes included; or exempt from counting (probes, replication).
/// </summary>
internal sealed class MeteredConnection : IDuplexPipe
{
    private readonly TrafficRegister _register;
    private readonly SlotClock _slots;
    private readonly Shaper _shaper;
    private readonly NodeTotals _totals;
    private readonly Lock _lock = new();
    private readonly EarlyBytes _early = new();
    private readonly MeteredReader _input;
    private readonly MeteredWriter _output;
    private volatile TenantTraffic? _owner;
    private bool _isExempt;

    public MeteredConnection(IDuplexPipe socket, TrafficRegister register, SlotClock slots, Shaper shaper, NodeTotals totals)
    {
        (_register, _slots, _shaper, _totals) = (register, slots, shaper, totals);
        _input = new(socket.Input, this);
        _output = new(socket.Output, this);
    }

    public PipeReader Input => _input;

    public PipeWriter Output => _output;

    /// <summary>Its part of the tenant's rate; null while nobody is known, for exempt connections, and where nothing is shaped.</summary>
    public ConnectionPace? Pace { get; private set; }

    /// <summary>The tenant showed a good credential. False when the connection is another's: then it must be closed.</summary>
    public bool TryOwn(string tenant)
    {
        if (_owner is { } owner)
            return owner.Tenant == tenant;

        lock (_lock)
        {
            if (_isExempt || _owner is not null)
                return _owner?.Tenant == tenant;

            var traffic = _register.Enter(tenant);
            Pace = _shaper.Join(traffic);
            Pace?.ChargeEarly(_early.In, _early.Out);
            _early.MoveTo(traffic.Slots);
            _owner = traffic;
            return true;
        }
    }

    /// <summary>The connection serves the provider's own ends (probes, replication): nothing of it is counted or shaped. False when a tenant owns it already: then it must be closed.</summary>
    public bool TryExempt()
    {
        lock (_lock)
            return _isExempt = _owner is null;
    }

    public SlotStamp Now => _slots.Now();

    public void CountIn(long bytes)
    {
        _totals.AddIn(bytes);
        Count(Now, bytes, 0);
    }

    public void CountOut(SlotStamp at, long bytes)
    {
        _totals.AddOut(bytes);
        Count(at, 0, bytes);
    }

    /// <summary>After the last byte.</summary>
    public void End()
    {
        _input.CountRest();
        lock (_lock)
        {
            if (_owner is null)
                return;

            Pace?.Leave();
            _owner.Leave();
        }
    }

    private void Count(SlotStamp at, long inBytes, long outBytes)
    {
        if (_owner is { } owner)
        {
            owner.Slots.Add(at, inBytes, outBytes);
            return;
        }

        lock (_lock)
        {
            if (_owner is not null)
                _owner.Slots.Add(at, inBytes, outBytes);
            else if (!_isExempt)
                _early.Add(at, inBytes, outBytes);
        }
    }
}
