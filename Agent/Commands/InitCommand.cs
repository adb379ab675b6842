using System.CommandLine;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Chunking;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Agent.Commands;

/// <summary>Makes the repository, after a person has confirmed what the contract's article 5 says: a lost key is lost data.</summary>
internal static class InitCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var yes = new Option<bool>("--yes") { Description = screen.Speech.Say(CommandSentences.Yes) };
        var sameCuts = new Option<bool>("--copy-chunker-params") { Description = screen.Speech.Say(CopySentences.CopyChunkerParams) };
        var source = new SourceFlags(screen.Speech);
        var command = new Command("init", screen.Speech.Say(CommandSentences.Init)) { yes, sameCuts };
        source.AddTo(command);
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            var choice = context.ChooseRepository();
            var polynomial = await PolynomialAsync(context, source, context.Parsed.GetValue(sameCuts), cancellation);
            if (!context.Parsed.GetValue(yes))
                Confirm(context);
            var password = await context.Password.ReadAsync(isNew: true, cancellation);
            using var store = StoreOpening.Open(context, choice);
            await using var repository = await Repository.InitAsync(store, password, StoreOpening.Options(context, polynomial), cancellation);
            var id = repository.Config.Id.ToString();
            if (context.Screen.Json)
                context.Screen.Line(new InitializedLine(id, choice.Address.Shown), AgentJson.Lines.InitializedLine);
            else
                context.Screen.Result(context.Screen.Speech.Say(CommandSentences.Made, id, choice.Address.Shown));
            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<Polynomial?> PolynomialAsync(CommandContext context, SourceFlags source, bool isWanted, CancellationToken cancellation)
    {
        if (!isWanted && source.IsNamed(context.Parsed))
            throw new AgentStop(ExitCode.Fatal, CopySentences.ChunkerParamsAlone);
        if (!isWanted)
            return null;
        await using var other = await source.OpenAsync(context, cancellation);
        return other.Repository.Config.ChunkerPolynomial;
    }

    private static void Confirm(CommandContext context)
    {
        if (!context.Surroundings.CanAsk)
            throw new AgentStop(ExitCode.Fatal, CommandSentences.CannotConfirm);
        var speech = context.Screen.Speech;
        var phrase = speech.Say(CommandSentences.KeyPhrase);
        Console.Error.WriteLine(speech.Say(CommandSentences.KeyWarning));
        Console.Error.Write(speech.Say(CommandSentences.AskPhrase, phrase));
        if (Plain(Console.In.ReadLine() ?? "") != Plain(phrase))
            throw new AgentStop(ExitCode.Fatal, CommandSentences.NotConfirmed);
    }

    // Accents, case, punctuation and blanks do not count: what counts is that the sentence was read and typed. The program carries no tables of letters
    // (invariant globalization), so the accents of French are named here.
    private static string Plain(string text) => string.Concat(text.ToLowerInvariant().Where(char.IsLetter).Select(letter => letter switch
    {
        'à' or 'â' => 'a',
        'ç' => 'c',
        'é' or 'è' or 'ê' or 'ë' => 'e',
        'î' or 'ï' => 'i',
        'ô' => 'o',
        'ù' or 'û' => 'u',
        _ => letter,
    }));
}
