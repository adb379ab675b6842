using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Languages;
using BackupOnline.Agent.Points;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Agent.Hosting;

/// <summary>The one place where a failed order becomes a code, a fault and advice.</summary>
internal static class WorkFailure
{
    public static WorkResult Of(Exception failure, Speech speech, bool stopping)
    {
        var (code, text) = Ending.Of(failure, speech, stopping);
        var part = failure switch
        {
            HypervisorException fault => new FailurePart(fault.Code, PointWords.Of(fault.Fault), fault.Message),
            OperationCanceledException when stopping => new FailurePart("agent-stopped", PointWords.Of(HypervisorFault.Transient), text),
            RepositoryException problem => new FailurePart(CodeOf(problem.Problem), PointWords.Of(FaultOf(problem.Problem)), text),
            _ when code is ExitCode.Unavailable or ExitCode.Locked => new FailurePart("unavailable", PointWords.Of(HypervisorFault.Transient), text),
            _ => new FailurePart("failed", PointWords.Of(HypervisorFault.Operator), failure is PointUnreadableException ? failure.Message : text),
        };
        return new WorkResult { ExitCode = code == ExitCode.Ok ? ExitCode.Fatal : code, Message = part.Text, Failure = part };
    }

    private static string CodeOf(RepositoryProblem problem) => "repository-" + string.Concat(problem.ToString().Select((letter, index) =>
        char.IsUpper(letter) ? (index == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));

    // What the network or another run causes goes by itself; the rest needs a person.
    private static HypervisorFault FaultOf(RepositoryProblem problem) => problem switch
    {
        RepositoryProblem.Unreachable or RepositoryProblem.Locked => HypervisorFault.Transient,
        _ => HypervisorFault.Operator,
    };
}
