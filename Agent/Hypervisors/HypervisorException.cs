namespace BackupOnline.Agent.Hypervisors;

/// <summary>A driver could not do what it was asked. The guest runs on.</summary>
internal sealed class HypervisorException(HypervisorFault fault, string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public HypervisorFault Fault { get; } = fault;

    /// <summary>Stable, kebab-case: <c>scratch-full</c>.</summary>
    public string Code { get; } = code;
}
