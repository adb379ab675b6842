using BackupOnline.Grains.Interfaces.Nodes;

namespace BackupOnline.StorageNode.Work;

/// <summary>How a piece of work ended, as the queue is told.</summary>
/// <param name="Outcome">What the queue makes of it.</param>
/// <param name="Code">Stable, kebab-case; null when it is done.</param>
/// <param name="Advice">For a person; without secrets.</param>
internal sealed record WorkResult(NodeWorkOutcome Outcome, string? Code = null, string? Advice = null)
{
    public static WorkResult Done { get; } = new(NodeWorkOutcome.Done);

    public static WorkResult Busy(string code, string advice) => new(NodeWorkOutcome.Busy, code, advice);

    public static WorkResult Failed(string code, string advice) => new(NodeWorkOutcome.Failed, code, advice);

    public static WorkResult NeedsOperator(string code, string advice) => new(NodeWorkOutcome.NeedsOperator, code, advice);
}
