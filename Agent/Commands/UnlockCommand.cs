using System.CommandLine;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Locks;

namespace BackupOnline.Agent.Commands;

internal static class UnlockCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var all = new Option<bool>("--remove-all") { Description = screen.Speech.Say(UpkeepSentences.RemoveAllLocks) };
        var command = new Command("unlock", screen.Speech.Say(UpkeepSentences.Unlock)) { all };
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            await using var open = await OpenRepository.OpenAsync(context, context.ChooseRepository(), cancellation);
            var removed = await LockCleaner.RemoveAsync(open.Repository, context.Parsed.GetValue(all), cancellationToken: cancellation);
            if (context.Screen.Json)
                context.Screen.Line(new UnlockedLine(removed), AgentJson.Lines.UnlockedLine);
            context.Screen.Tell(UpkeepSentences.Unlocked, removed);
            return ExitCode.Ok;
        });
        return command;
    }
}
