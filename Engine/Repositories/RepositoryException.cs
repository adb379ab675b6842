namespace BackupOnline.Engine.Repositories;

/// <summary>
/// The one exception family of the engine towards its store. <see cref="Exception.Message"/> is for the user: what happened to which object, and what to do.
/// Wrong arguments stay <see cref="ArgumentException"/>, cancellation stays <see cref="OperationCanceledException"/>.
/// </summary>
public sealed class RepositoryException : Exception
{
    public RepositoryException(RepositoryProblem problem, string message, Exception? inner = null)
        : base(message, inner) => Problem = problem;

    /// <summary>What kind of problem, for exit codes and for deciding whether to go on.</summary>
    public RepositoryProblem Problem { get; }

    /// <summary>One object or blob is missing, damaged or unreadable: work that concerns others goes on.</summary>
    public bool IsOfOneObject => Problem is RepositoryProblem.NotFound or RepositoryProblem.Corrupt or RepositoryProblem.Unreadable;
}
