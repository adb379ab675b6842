using System.Net;
using System.Text.Json.Serialization.Metadata;
using BackupOnline.Agent.Door;
using BackupOnline.Agent.Enrolment;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Repositories;

namespace BackupOnline.Agent.Commands;

/// <summary>Asks the door with the host's key.</summary>
internal static class TrafficDoor
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    /// <param name="path">Below the tenant.</param>
    /// <exception cref="AgentStop">Not enrolled, refused, or no answer.</exception>
    public static async Task<T> AskAsync<T>(CommandContext context, string path, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        var enrolment = context.ConfigurationFile.Read();
        if (enrolment is not { Enrolled: true })
            throw new AgentStop(ExitCode.Fatal, TrafficSentences.NotEnrolled);
        using var door = Open(context, enrolment);
        var answer = await door.GetAsync($"tenants/{enrolment.Tenant}/{path}", type, cancellation);
        if (answer.Value is { } value)
            return value;
        if (answer.Refusal is { } refusal)
        {
            var code = answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? ExitCode.NotAuthorised : ExitCode.Fatal;
            throw new AgentStop(code, TrafficSentences.Refused, refusal.Detail ?? refusal.Code ?? $"HTTP {refusal.Status}");
        }

        throw new AgentStop(ExitCode.Unavailable, TrafficSentences.Away, answer.Unreachable ?? $"HTTP {(int?)answer.Status}");
    }

    private static DoorClient Open(CommandContext context, AgentConfiguration enrolment) =>
        new(enrolment.Server, enrolment.Key, TrustedCertificates.Handler(context.CaCertificate ?? enrolment.CaCertificate), Within);
}
