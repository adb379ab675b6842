using System.Globalization;
using BackupOnline.Agent.Enrolment;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Diagnosis;

/// <summary>Is the machine enrolled, and are its secrets its own?</summary>
internal static class ConfigurationPoint
{
    private const string Name = "configuration";
    private const UnixFileMode Others = (UnixFileMode)0b000_111_111;

    public static (Finding Finding, AgentConfiguration? Configuration) Examine(ConfigurationFile file, Speech speech)
    {
        AgentConfiguration? configuration;
        try
        {
            configuration = file.Read();
        }
        catch (AgentStop stop)
        {
            return (new Finding(Name, Verdict.Fail, file.Path, stop.Text(speech)), null);
        }

        if (configuration is null)
        {
            return (new Finding(
                Name, Verdict.Warn, speech.Say(DiagnosisSentences.NotEnrolled, file.Path), speech.Say(DiagnosisSentences.NotEnrolledAdvice)), null);
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.Path) & Others) != 0)
        {
            var mode = Convert.ToString((int)File.GetUnixFileMode(file.Path), 8).ToString(CultureInfo.InvariantCulture);
            return (new Finding(
                Name, Verdict.Fail, speech.Say(DiagnosisSentences.Exposed, file.Path, mode), speech.Say(DiagnosisSentences.ExposedAdvice, file.Path)), configuration);
        }

        if (!configuration.Enrolled)
            return (new Finding(Name, Verdict.Fail, speech.Say(DiagnosisSentences.Pending, file.Path), speech.Say(DiagnosisSentences.PendingAdvice)), null);
        return (Finding.Ok(speech, Name, DiagnosisSentences.Enrolled, file.Path, configuration.Tenant, configuration.Host, configuration.Vault), configuration);
    }
}
