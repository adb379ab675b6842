using BackupOnline.Agent.Commands;
using BackupOnline.Agent.Enrolment;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Repositories;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Stores;

namespace BackupOnline.Agent.Diagnosis;

/// <summary>Is the repository reachable, is the credential accepted, does the password open it?</summary>
internal static class RepositoryPoints
{
    /// <returns>The findings, and the store's clock minus ours where it is known.</returns>
    public static async Task<(IReadOnlyList<Finding> Findings, TimeSpan? Clock)> ExamineAsync(CommandContext context, AgentConfiguration? configuration, CancellationToken cancellation)
    {
        var speech = context.Screen.Speech;
        RepositoryChoice choice;
        try
        {
            choice = context.ChooseRepository(configuration);
        }
        catch (AgentStop stop)
        {
            return ([new Finding("repository", Verdict.Fail, speech.Say(DiagnosisSentences.NoRepositoryNamed), stop.Text(speech))], null);
        }

        try
        {
            using var store = StoreOpening.Open(context, choice);
            var found = await store.LengthAsync(ObjectName.Config, cancellation) is not null;
            var shown = choice.Address.Shown;
            return found
                ? ([Finding.Ok(speech, "repository", DiagnosisSentences.Repository, shown), await PasswordAsync(context, store, cancellation)], store.ClockOffset)
                : ([new Finding("repository", Verdict.Warn, speech.Say(DiagnosisSentences.RepositoryEmpty, shown), speech.Say(DiagnosisSentences.RepositoryEmptyAdvice))], store.ClockOffset);
        }
        catch (Exception failure) when (failure is RepositoryException or AgentStop)
        {
            var advice = Ending.Of(failure, speech, interrupted: false).Text;
            return ([new Finding("repository", Verdict.Fail, speech.Say(DiagnosisSentences.RepositoryFails, choice.Address.Shown), advice)], null);
        }
    }

    private static async Task<Finding> PasswordAsync(CommandContext context, IRepositoryStore store, CancellationToken cancellation)
    {
        var speech = context.Screen.Speech;
        if (!context.Password.IsGiven)
            return new Finding("password", Verdict.Warn, speech.Say(DiagnosisSentences.PasswordNotGiven), speech.Say(DiagnosisSentences.PasswordNotGivenAdvice));
        try
        {
            var password = await context.Password.ReadAsync(isNew: false, cancellation);
            await using var repository = await Repository.OpenAsync(store, password, null, cancellation);
            return Finding.Ok(speech, "password", DiagnosisSentences.Password);
        }
        catch (Exception failure) when (failure is RepositoryException or AgentStop)
        {
            return new Finding("password", Verdict.Fail, speech.Say(DiagnosisSentences.PasswordFails), Ending.Of(failure, speech, interrupted: false).Text);
        }
    }
}
