using BackupOnline.Agent.Door;
using BackupOnline.Agent.Enrolment;
using BackupOnline.Agent.Languages;
using BackupOnline.Agent.Repositories;

namespace BackupOnline.Agent.Diagnosis;

/// <summary>Does the door answer, and what time is it there?</summary>
internal static class DoorPoint
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    public static async Task<(Finding Finding, DateTimeOffset? Date)> ExamineAsync(AgentConfiguration configuration, string? caCertificate, Speech speech, CancellationToken cancellation)
    {
        using var door = new DoorClient(configuration.Server, null, TrustedCertificates.Handler(caCertificate ?? configuration.CaCertificate), Within);
        var answer = await door.HealthAsync(cancellation);
        var finding = answer.Unreachable is { } reason
            ? new Finding("door", Verdict.Fail, speech.Say(DiagnosisSentences.DoorAway, configuration.Server, reason), speech.Say(DiagnosisSentences.DoorAdvice))
            : Finding.Ok(speech, "door", DiagnosisSentences.Door, configuration.Server);
        return (finding, answer.Date);
    }
}
