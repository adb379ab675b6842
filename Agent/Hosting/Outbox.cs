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

    /// <summary>A folder that cannot be written is no reason not to tell the outcome.</summary>
    public void Keep(string job, WorkOutcome outcome)
    {
        try
        {
            Directory.CreateDirectory(folder);
            WholeFile.Write(FileOf(job), JsonSerializer.SerializeToUtf8Bytes(outcome, HostingJson.Default.WorkOutcome));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            screen.Warn(HostSentences.OutcomeNotKept, job, FileOf(job), FileReason.Of(failure));
        }
    }

    /// <summary>Tells an outcome once.</summary>
    /// <returns>Null: taken, or refused for good. Else why it has to be told again.</returns>
    public async Task<string?> TellAsync(string job, WorkOutcome outcome, CancellationToken cancellation)
    {
        var answer = await door.PostAsync($"tenants/{enrolment.Tenant}/jobs/{job}/outcome", outcome, HostingJson.Default.WorkOutcome, DoorJson.Default.Job, null, cancellation);
        if (answer.Unreachable is { } reason)
            return reason;
        if (answer.Refusal is { } refusal)
        {
            var text = refusal.Detail ?? refusal.Code ?? "-";
            screen.Warn(HostSentences.Refused, text);

            // A host whose key was withdrawn by mistake gets another one, and then has its say.
            if (answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                return text;
        }

        Try(() => File.Delete(FileOf(job)));
        return null;
    }

    /// <summary>Tells an outcome that an earlier run kept; nothing when it is gone meanwhile, or cannot be read any more.</summary>
    public async Task TellKeptAsync(string job, CancellationToken cancellation)
    {
        if (Read(job) is { } outcome && await TellAsync(job, outcome, cancellation) is null)
            screen.Tell(HostSentences.OutcomeTold, job);
    }

    private WorkOutcome? Read(string job)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(FileOf(job)), HostingJson.Default.WorkOutcome);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
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
