using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Repositories;

namespace BackupOnline.Agent.Door;

/// <summary>Runs a verb under the door's eyes: whatever happens, the job is closed with the exit code.</summary>
internal static class JobFollowing
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(
        CommandContext context, RepositoryChoice choice, string kind, Func<JobRun, Task<RunOutcome>> work, CancellationToken cancellation)
    {
        var door = choice.Enrolment is { } enrolment
            ? new DoorClient(enrolment.Server, enrolment.Key, TrustedCertificates.Handler(context.CaCertificate ?? enrolment.CaCertificate), AnswerWithin)
            : null;
        await using var run = await JobRun.OpenAsync(door, choice.Enrolment, kind, context.Screen, cancellation);
        try
        {
            var outcome = await work(run);
            await run.FinishAsync(outcome.ExitCode, outcome.Snapshot, outcome.Message);
            return outcome.ExitCode;
        }
        catch (Exception failure)
        {
            var (code, text) = Ending.Of(failure, context.Screen.Speech, cancellation.IsCancellationRequested);
            await run.FinishAsync(code, null, text);
            throw;
        }
    }
}
