using BackupOnline.Engine.Repositories;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.StorageNode.Keys;

namespace BackupOnline.StorageNode.Work;

/// <summary>What refusals and faults mean for the queue.</summary>
internal static class WorkFaults
{
    /// <summary>A vault that is gone, not hot or elsewhere wants nothing of this node: the work is over.</summary>
    public static WorkResult Of(Refusal refusal) =>
        refusal.Kind == RefusalKind.Unavailable ? WorkResult.Failed(refusal.Code, refusal.Advice) : WorkResult.Done;

    /// <summary>Null for what nobody expects.</summary>
    public static WorkResult? Of(Exception fault) => fault switch
    {
        KeyFaultException key => WorkResult.NeedsOperator(key.Code, key.Message),
        RepositoryException { Problem: RepositoryProblem.Locked } locked => WorkResult.Busy("repository-locked", locked.Message),
        RepositoryException { Problem: RepositoryProblem.WrongPassword } other => WorkResult.NeedsOperator("repository-other-password", other.Message),
        RepositoryException { IsOfOneObject: true } damaged => WorkResult.NeedsOperator("repository-damaged", damaged.Message),
        RepositoryException { Problem: RepositoryProblem.NoRoom } full => WorkResult.NeedsOperator("no-room", full.Message),
        RepositoryException any => WorkResult.Failed("repository-fault", any.Message),
        _ => null,
    };
}
