using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Agent.Secrets;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Keys;
using BackupOnline.Engine.Locks;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Agent.Commands;

/// <summary>The passwords of a repository. All open the same master key; the one in use is never removed, so there is always one that somebody knows.</summary>
internal static class KeyCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var speech = screen.Speech;
        return new Command("key", speech.Say(UpkeepSentences.Key))
        {
            List(flags, screen),
            Changing("add", UpkeepSentences.KeyAdd, LockMode.Shared, UpkeepSentences.KeyAdded, (repository, password, host, user, token) => repository.AddKeyAsync(password, host, user, token), flags, screen),
            Remove(flags, screen),
            Changing("passwd", UpkeepSentences.KeyPasswd, LockMode.Exclusive, UpkeepSentences.KeyChanged, (repository, password, host, user, token) => repository.ChangePasswordAsync(password, host, user, token), flags, screen),
        };
    }

    private static Command List(GlobalFlags flags, Screen screen)
    {
        var command = new Command("list", screen.Speech.Say(UpkeepSentences.KeyList));
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            await using var open = await OpenRepository.OpenAsync(context, context.ChooseRepository(), cancellation);
            await using var held = await HeldLock.TakeAsync(context, open, HeldLock.Reading, cancellation);
            var keys = await held.GuardAsync(open.Repository.KeysAsync);
            if (context.Screen.Json)
                context.Screen.Result(JsonSerializer.Serialize([.. keys.Select(Line)], AgentJson.Lines.IReadOnlyListKeyLine));
            else
                ShowTable(context.Screen, keys);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Remove(GlobalFlags flags, Screen screen)
    {
        var id = new Argument<string>("id") { Description = screen.Speech.Say(UpkeepSentences.KeyArgument) };
        var command = new Command("remove", screen.Speech.Say(UpkeepSentences.KeyRemove)) { id };
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            await using var open = await OpenRepository.OpenAsync(context, context.ChooseRepository(), cancellation);
            await using var held = await HeldLock.TakeAsync(context, open, HeldLock.Writing, cancellation, LockMode.Exclusive);
            return await held.GuardAsync(async token =>
            {
                var key = Find(await open.Repository.KeysAsync(token), context.Parsed.GetRequiredValue(id));
                if (key.IsCurrent)
                    throw new AgentStop(ExitCode.Fatal, UpkeepSentences.KeyInUse, key.Id.ToShortString());
                await open.Repository.RemoveKeyAsync(key.Id, token);
                context.Screen.Tell(UpkeepSentences.KeyRemoved, key.Id.ToShortString());
                return ExitCode.Ok;
            });
        });
        return command;
    }

    private static Command Changing(
        string name,
        Languages.Sentence description,
        LockMode mode,
        Languages.Sentence done,
        Func<Repository, string, string?, string?, CancellationToken, Task<ObjectId>> change,
        GlobalFlags flags,
        Screen screen)
    {
        var speech = screen.Speech;
        var file = new Option<string?>("--new-password-file") { Description = speech.Say(UpkeepSentences.NewPasswordFile), HelpName = "file" };
        var host = new Option<string?>("--host") { Description = speech.Say(UpkeepSentences.KeyHost), HelpName = "host" };
        var user = new Option<string?>("--user") { Description = speech.Say(UpkeepSentences.KeyUser), HelpName = "user" };
        var command = new Command(name, speech.Say(description)) { file, host, user };
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            var parsed = context.Parsed;
            await using var open = await OpenRepository.OpenAsync(context, context.ChooseRepository(), cancellation);
            var password = NewPassword.Read(parsed.GetValue(file), context.Surroundings);
            await using var held = await HeldLock.TakeAsync(context, open, HeldLock.Writing, cancellation, mode);
            var id = await held.GuardAsync(token => change(open.Repository, password, parsed.GetValue(host), parsed.GetValue(user), token));
            context.Screen.Tell(done, id.ToShortString());
            return ExitCode.Ok;
        });
        return command;
    }

    private static KeyInfo Find(IReadOnlyList<KeyInfo> keys, string start)
    {
        var matches = keys.Where(key => key.Id.ToString().StartsWith(start, StringComparison.Ordinal)).ToList();
        return matches.Count switch
        {
            1 => matches[0],
            0 => throw new AgentStop(ExitCode.Fatal, UpkeepSentences.NoKey, start),
            _ => throw new AgentStop(ExitCode.Fatal, UpkeepSentences.KeyAmbiguous, start),
        };
    }

    private static void ShowTable(Screen screen, IReadOnlyList<KeyInfo> keys)
    {
        var speech = screen.Speech;
        List<string[]> rows =
        [
            [" ID", speech.Say(UpkeepSentences.ColumnUser), speech.Say(RunSentences.ColumnHost), speech.Say(UpkeepSentences.ColumnCreated)],
            .. keys.Select(key => new[] { (key.IsCurrent ? "*" : " ") + key.Id.ToShortString(), PathText.ForScreen(key.Username ?? ""), PathText.ForScreen(key.Hostname ?? ""), Time(key) }),
        ];
        foreach (var line in TextTable.Lines(rows))
            screen.Result(line);
    }

    private static KeyLine Line(KeyInfo key) =>
        new() { Current = key.IsCurrent, Id = key.Id.ToString(), UserName = key.Username ?? "", HostName = key.Hostname ?? "", Created = Time(key) };

    private static string Time(KeyInfo key) => key.Created.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
