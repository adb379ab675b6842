namespace BackupOnline.Engine.Checking;

/// <summary>Collects findings. Thread-safe.</summary>
internal sealed class CheckLog(Action<CheckFinding>? onFinding)
{
    private const int MaxListed = 1000;
    private readonly Lock _lock = new();
    private readonly List<CheckFinding> _findings = [];

    public long ErrorCount { get; private set; }

    public IReadOnlyList<CheckFinding> Findings
    {
        get
        {
            lock (_lock)
                return [.. _findings];
        }
    }

    public void Add(CheckFindingKind kind, string name, string message)
    {
        var finding = new CheckFinding(kind, name, message);
        lock (_lock)
        {
            if (finding.IsError)
                ErrorCount++;
            if (_findings.Count < MaxListed)
                _findings.Add(finding);
        }

        onFinding?.Invoke(finding);
    }
}
