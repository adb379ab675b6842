using System.Net;
using System.Text.Json;
using BackupOnline.Agent.Door;
using BackupOnline.Agent.Enrolment;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Files;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Hosting;

/// <summary>
/// Outcomes on their way to the door, each in a file until the door has taken or refused it: a host that was killed, stopped or cut off tells them when it is back. A point that is in the vault
/// must be known to the service, or nobody would ever take it away again.
/// </summary>
internal sealed class Outbox(string folder, DoorClient door, AgentConfiguration enrolment, Screen screen)
{
    private const string Suffix = ".json";

    /// <summary>Jobs whose outcome the door does not have yet.</summary>
    public IReadOnlyList<string> Jobs
    {
        get
        {
            try
            {
                return [.. Directory.EnumerateFiles(folder, "*" + Suffix).Select(file => Uri.UnescapeDataString(Path.GetFileNameWithoutExtension(file))).Order(StringComparer.Ordinal)];
            }
            catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
            {
                // No folder yet, or one that is not ours: what is in it cannot be told.
                return [];
            }
        }
    }

    public bool Holds(string job) => File.Exists(FileOf(job));

    /// <summary>A folder that cannot be written is no reason not to tell the outcome: then false.</summary>
    public bool Keep(string job, WorkOutcome outcome)
    {
        try
        {
            Directory.CreateDirectory(folder);
            WholeFile.Write(FileOf(job), JsonSerializer.SerializeToUtf8Bytes(outcome, HostingJson.Default.WorkOutcome));
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            screen.Warn(HostSentences.OutcomeNotKept, job, FileOf(job), FileReason.Of(failure));
            return false;
        }
    }

    /// <summary>Tells an outcome once.</summary>
    public async Task<Told> TellAsync(string job, WorkOutcome outcome, CancellationToken cancellation)
    {
        var answer = await door.PostAsync($"tenants/{enrolment.Tenant}/jobs/{job}/outcome", outcome, HostingJson.Default.WorkOutcome, DoorJson.Default.Job, null, cancellation);
        if (answer.Unreachable is not null)
            return Told.Again;
        if (answer.Refusal is { } refusal)
        {
            screen.Warn(HostSentences.Refused, refusal.Detail ?? refusal.Code ?? "-");

            // A host whose key was withdrawn by mistake gets another one, and then has its say. A refusal without a code is not the door's: something stands in its place.
            if (answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || refusal.Code is null)
                return Told.Again;
        }
        else if (answer.Value is null)
        {
            return Told.Again;
        }

        Try(() => File.Delete(FileOf(job)));
        return answer.Refusal is null ? Told.Taken : Told.Refused;
    }

    /// <summary>Tells an outcome that an earlier run kept; nothing when it is gone meanwhile, or cannot be read any more.</summary>
    public async Task TellKeptAsync(string job, CancellationToken cancellation)
    {
        if (Read(job) is { } outcome && await TellAsync(job, outcome, cancellation) == Told.Taken)
            screen.Tell(HostSentences.OutcomeTold, job);
    }

    private WorkOutcome? Read(string job)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(FileOf(job)), HostingJson.Default.WorkOutcome);
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            // Told meanwhile, or to be had the next time.
            return null;
        }
        catch (JsonException unreadable)
        {
            // It was renamed into place whole: only a failing disk leaves that. The job's lease ends without a word.
            screen.Warn(HostSentences.OutcomeUnreadable, FileOf(job), FileReason.Of(unreadable));
            Try(() => File.Move(FileOf(job), FileOf(job) + ".unreadable", overwrite: true));
            return null;
        }
    }

    // What cannot be done now is done the next time: until then the outcome is told, or found unreadable, again.
    private static void Try(Action change)
    {
        try
        {
            change();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
        }
    }

    private string FileOf(string job) => Path.Join(folder, Uri.EscapeDataString(job) + Suffix);
}
