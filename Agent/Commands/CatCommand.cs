using System.CommandLine;
using System.Security.Cryptography;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Agent.Commands;

internal static class CatCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var filter = new SnapshotFlags(screen.Speech);
        var kind = new Argument<string>("kind") { Description = screen.Speech.Say(CatSentences.Kind) };
        var id = new Argument<string?>("id") { Description = screen.Speech.Say(CatSentences.Id), Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("cat", screen.Speech.Say(CatSentences.Verb)) { kind, id };
        filter.AddTo(command);
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            var (what, which) = (context.Parsed.GetRequiredValue(kind), context.Parsed.GetValue(id));
            Examine(what, which);
            await using var open = await OpenRepository.OpenAsync(context, context.ChooseRepository(), cancellation);
            await using var held = await HeldLock.TakeAsync(context, open, HeldLock.Reading, cancellation);
            switch (what)
            {
                case "config":
                    screen.Result(JsonText.Indented(open.Repository.ConfigJson()));
                    break;
                case "masterkey":
                    var secret = open.Repository.MasterKeyJson();
                    screen.Result(JsonText.Indented(secret));
                    CryptographicOperations.ZeroMemory(secret);
                    break;
                case "key":
                    var key = await ObjectChoice.FindAsync(open.Repository, ObjectKind.Key, which!, cancellation);
                    screen.Result(JsonText.Indented(await open.Store.GetAsync(key.Name, cancellation)));
                    break;
                case "snapshot":
                    var snapshot = await filter.FindAsync(context.Parsed, open.Repository, which!, cancellation);
                    await ShowJsonAsync(screen, open.Repository, new ObjectName(ObjectKind.Snapshot, snapshot.Id), cancellation);
                    break;
                case "index":
                case "lock":
                    var found = await ObjectChoice.FindAsync(open.Repository, what == "index" ? ObjectKind.Index : ObjectKind.Lock, which!, cancellation);
                    await ShowJsonAsync(screen, open.Repository, found.Name, cancellation);
                    break;
                case "pack":
                    return await ShowPackAsync(screen, open.Repository, which!, cancellation);
                case "blob":
                    await open.LoadReadableIndexAsync(screen, cancellation);
                    await WriteAsync(await BlobAsync(open.Repository, which!, cancellation), cancellation);
                    break;
                default:
                    var (name, folder) = SnapshotFolder.Split(which!);
                    var root = await filter.FindAsync(context.Parsed, open.Repository, name, cancellation);
                    await open.LoadReadableIndexAsync(screen, cancellation);
                    var tree = await SnapshotFolder.TreeAsync(open.Repository, root, folder, cancellation);
                    await WriteAsync(await open.Repository.LoadBlobAsync(BlobType.Tree, tree, cancellation), cancellation);
                    break;
            }

            return open.CodeAfterReading(screen);
        });
        return command;
    }

    private static void Examine(string kind, string? id)
    {
        if (kind is not ("config" or "masterkey" or "key" or "index" or "snapshot" or "lock" or "pack" or "blob" or "tree"))
            throw new AgentStop(ExitCode.Fatal, CatSentences.BadKind, kind);
        var isOnlyOne = kind is "config" or "masterkey";
        if (isOnlyOne && id is not null)
            throw new AgentStop(ExitCode.Fatal, CatSentences.TooMany, kind);
        if (!isOnlyOne && string.IsNullOrEmpty(id))
            throw new AgentStop(ExitCode.Fatal, CatSentences.NoId, kind);
    }

    private static async Task ShowJsonAsync(Screen screen, Repository repository, ObjectName name, CancellationToken cancellation) =>
        screen.Result(JsonText.Indented(await repository.ReadJsonAsync(name, cancellation)));

    private static async Task<int> ShowPackAsync(Screen screen, Repository repository, string beginning, CancellationToken cancellation)
    {
        var pack = await ObjectChoice.FindAsync(repository, ObjectKind.Data, beginning, cancellation);
        var bytes = await repository.ReadPackAsync(pack.Name.Id, cancellation);
        await WriteAsync(bytes, cancellation);
        if (ObjectId.Of(bytes) == pack.Name.Id)
            return ExitCode.Ok;
        screen.Fatal(ExitCode.Integrity, screen.Speech.Say(CatSentences.PackDamaged, pack.Name.Id));
        return ExitCode.Integrity;
    }

    private static async Task<byte[]> BlobAsync(Repository repository, string beginning, CancellationToken cancellation)
    {
        if (BlobId.TryParse(beginning, out var whole))
            return await repository.LoadBlobAsync(repository.Index.Contains(BlobType.Data, whole) ? BlobType.Data : BlobType.Tree, whole, cancellation);
        var found = repository.Index.Entries()
            .Where(entry => entry.Id.ToString().StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            .Select(entry => (entry.Type, entry.Id))
            .Distinct()
            .ToList();
        return found switch
        {
            [var (type, id)] => await repository.LoadBlobAsync(type, id, cancellation),
            [] => throw new AgentStop(ExitCode.Fatal, CatSentences.NoBlob, beginning),
            _ => throw new AgentStop(ExitCode.Fatal, CatSentences.SeveralBlobs, found.Count, beginning),
        };
    }

    private static async Task WriteAsync(byte[] bytes, CancellationToken cancellation)
    {
        await using var output = Screen.OpenOutput();
        await output.WriteAsync(bytes, cancellation);
    }
}
