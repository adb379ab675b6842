using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Requests;
using BackupOnline.Rules.Jobs;

namespace BackupOnline.Grains.Jobs;

/// <summary>The rule's reasons and causes in words: for refused callers, for the log, for people.</summary>
internal static class JobWords
{
    public const string Ended = "job-ended";

    public static Refusal ToRefusal(JobRefusal refusal) => refusal switch
    {
        JobRefusal.AttemptSuperseded => Refusal.Conflict("attempt-superseded", "A later attempt of this run has taken over. Stop this one."),
        JobRefusal.AttemptUnknown => Refusal.Conflict("attempt-unknown", "This attempt was never started. Open the run again."),
        JobRefusal.AttemptHeld => Refusal.Conflict("attempt-held", "An attempt of this run is under way. Wait for its end, or for the end of its lease."),
        JobRefusal.NotYet => Refusal.Conflict("attempt-not-yet", "The last attempt failed, and the wait before the next one is not over. See nextAttemptAt."),
        JobRefusal.AttemptOver => Refusal.Conflict("attempt-over", "This attempt has ended. Take the next one."),
        JobRefusal.AlreadyEnded => Refusal.Conflict(Ended, "This run has ended. Open a new one."),
        _ => Unknown.Job,
    };

    /// <summary>The fact of an end: <c>job.succeeded</c>, <c>job.partial</c> or <c>job.failed</c>.</summary>
    public static string ToFact(JobStanding standing) => standing switch
    {
        JobStanding.Succeeded => "job.succeeded",
        JobStanding.Partial => "job.partial",
        _ => "job.failed",
    };

    /// <summary>What is shown when the agent gave no word of its own.</summary>
    public static string ToMessage(JobCause cause) => cause switch
    {
        JobCause.Proof => "The agent fell silent, but its snapshot arrived.",
        JobCause.AttemptsUsedUp => "The agent fell silent too often.",
        JobCause.DeadlinePassed => "No agent took it up, or went on with it, in time.",
        JobCause.Withdrawn => "It was not wanted any more before it had begun.",
        _ => "",
    };

    /// <summary>The cause in the log.</summary>
    public static string ToCode(JobCause cause) => cause switch
    {
        JobCause.Proof => "proof",
        JobCause.AttemptsUsedUp => "attempts-used-up",
        JobCause.DeadlinePassed => "deadline-passed",
        JobCause.Withdrawn => "withdrawn",
        _ => "agents-word",
    };
}
