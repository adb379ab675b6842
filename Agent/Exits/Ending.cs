using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Languages;
using BackupOnline.Agent.Points;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Agent.Exits;

/// <summary>The one place where a failure becomes an exit code and a sentence that says what to do.</summary>
internal static class Ending
{
    public static (int Code, string Text) Of(Exception failure, Speech speech, bool interrupted)
    {
        while (failure is AggregateException { InnerExceptions.Count: 1, InnerException: { } inner })
            failure = inner;
        return failure switch
        {
            OperationCanceledException when interrupted => (ExitCode.Interrupted, speech.Say(CommandSentences.Interrupted)),
            AgentStop stop => (stop.Code, stop.Text(speech)),
            HypervisorException fault => (CodeOf(fault.Fault), speech.Say(PointSentences.Hypervisor, fault.Message)),
            PointUnreadableException point => (ExitCode.Integrity, speech.Say(PointSentences.PointUnreadable, point.Message)),
            RepositoryException problem => OfProblem(problem, speech),
            IOException or UnauthorizedAccessException => (ExitCode.Fatal, Redacted.Text(failure.Message)),
            _ => (ExitCode.Fatal, speech.Say(CommandSentences.Unexpected, Redacted.Text($"{failure.GetType().Name}: {failure.Message}"))),
        };
    }

    // What passes by itself is worth another run.
    private static int CodeOf(HypervisorFault fault) =>
        fault is HypervisorFault.Transient or HypervisorFault.Busy or HypervisorFault.PointBroken ? ExitCode.Unavailable : ExitCode.Fatal;

    private static (int Code, string Text) OfProblem(RepositoryException problem, Speech speech)
    {
        var (code, advice) = problem.Problem switch
        {
            RepositoryProblem.NoRepository => (ExitCode.NoRepository, ProblemSentences.NoRepository),
            RepositoryProblem.RepositoryExists => (ExitCode.Fatal, ProblemSentences.RepositoryExists),
            RepositoryProblem.NotFound => (ExitCode.Integrity, ProblemSentences.NotFound),
            RepositoryProblem.NoSnapshot => (ExitCode.Fatal, ProblemSentences.NoSnapshot),
            RepositoryProblem.Ambiguous => (ExitCode.Fatal, ProblemSentences.Ambiguous),
            RepositoryProblem.WrongPassword => (ExitCode.WrongPassword, ProblemSentences.WrongPassword),
            RepositoryProblem.Locked => (ExitCode.Locked, ProblemSentences.Locked),
            RepositoryProblem.Corrupt => (ExitCode.Integrity, ProblemSentences.Corrupt),
            RepositoryProblem.Unreadable => (ExitCode.Integrity, ProblemSentences.Unreadable),
            RepositoryProblem.AccessDenied => (ExitCode.NotAuthorised, ProblemSentences.AccessDenied),
            RepositoryProblem.Suspended => (ExitCode.Suspended, ProblemSentences.Suspended),
            RepositoryProblem.NoRoom => (ExitCode.NoRoom, ProblemSentences.NoRoom),
            RepositoryProblem.Unreachable => (ExitCode.Unavailable, ProblemSentences.Unreachable),
            RepositoryProblem.UnsupportedVersion => (ExitCode.Fatal, ProblemSentences.UnsupportedVersion),
            RepositoryProblem.UnsafeAddress => (ExitCode.Fatal, ProblemSentences.UnsafeAddress),
            _ => (ExitCode.Fatal, ProblemSentences.Protocol),
        };
        return (code, speech.Say(advice, Redacted.Text(problem.Message)));
    }
}
