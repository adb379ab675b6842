using System.CommandLine;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Locks;
using BackupOnline.Engine.Repairing;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Agent.Commands;

internal static class RepairPacksCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var ids = new Argument<string[]>("pack") { Description = screen.Speech.Say(UpkeepSentences.PackArgument), Arity = ArgumentArity.OneOrMore };
        var command = new Command("packs", screen.Speech.Say(UpkeepSentences.RepairPacks)) { ids };
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            var packs = (context.Parsed.GetValue(ids) ?? []).Select(Parse).Distinct().ToList();
            await using var open = await OpenRepository.OpenAsync(context, context.ChooseRepository(), cancellation);
            await using var held = await HeldLock.TakeAsync(context, open, HeldLock.Writing, cancellation, LockMode.Exclusive);
            var progress = new RepairProgress();
            PackRepairResult result;
            await using (new ProgressLoop(context.Screen, () => RepairIndexCommand.ForScreen(progress), null))
            {
                result = await held.GuardAsync(async token =>
                {
                    foreach (var pack in packs)
                        await KeepCopyAsync(context.Screen, open.Repository, pack, token);
                    return await PackRepair.RepairAsync(open.Repository, packs, progress, token);
                });
            }

            if (context.Screen.Json)
                context.Screen.Line(new RepairSummaryLine { BlobsSalvaged = result.Salvaged, BlobsLost = result.Lost.Count }, AgentJson.Lines.RepairSummaryLine);
            context.Screen.Tell(UpkeepSentences.PacksRepaired, result.Salvaged, result.Lost.Count);
            return ExitCode.Ok;
        });
        return command;
    }

    // check names packs with their folder.
    private static ObjectId Parse(string text)
    {
        const string folder = "data/";
        return ObjectId.TryParse(text.StartsWith(folder, StringComparison.Ordinal) ? text.AsSpan(folder.Length) : text, out var id)
            ? id
            : throw new AgentStop(ExitCode.Fatal, UpkeepSentences.BadPack, text);
    }

    /// <summary>As restic does: whoever knows more about the damage may still need the bytes.</summary>
    private static async Task KeepCopyAsync(Screen screen, Repository repository, ObjectId pack, CancellationToken cancellation)
    {
        var name = new ObjectName(ObjectKind.Data, pack);
        if (await repository.Store.LengthAsync(name, cancellation) is null)
            return;
        var file = Path.GetFullPath($"pack-{pack}");
        try
        {
            await File.WriteAllBytesAsync(file, await repository.Store.GetAsync(name, cancellation), cancellation);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AgentStop(ExitCode.Fatal, UpkeepSentences.PackCopyFailed, file, FileReason.Of(failure));
        }

        screen.Tell(UpkeepSentences.PackCopied, pack.ToShortString(), file);
    }
}
