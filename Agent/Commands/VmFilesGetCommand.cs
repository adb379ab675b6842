using System.CommandLine;
using BackupOnline.Agent.BootTests;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.PointFiles;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Commands;

internal static class VmFilesGetCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var filter = new SnapshotFlags(screen.Speech);
        var point = new Argument<string>("point") { Description = screen.Speech.Say(BootSentences.PointArgument) };
        var path = new Argument<string>("path") { Description = screen.Speech.Say(VolumeSentences.Path) };
        var volume = new Option<string?>("--volume") { Description = screen.Speech.Say(VolumeSentences.Volume), HelpName = "disk:partition" };
        var target = new Option<string?>("--target", "-t") { Description = screen.Speech.Say(VolumeSentences.Target), HelpName = "file" };
        var command = new Command("get", screen.Speech.Say(VolumeSentences.Get)) { point, path, volume, target };
        filter.AddTo(command);
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            await using var open = await OpenRepository.OpenCachedAsync(context, context.ChooseRepository(), cancellation);
            await using var held = await HeldLock.TakeAsync(context, open, HeldLock.Reading, cancellation);
            var id = context.Parsed.GetRequiredValue(point);
            var found = await filter.FindAsync(context.Parsed, open.Repository, id, cancellation);
            await open.LoadReadableIndexAsync(screen, cancellation);
            await using var disks = await PointDisks.OpenAsync(open.Repository, found, cancellation);
            var chosen = VolumeChoice.Of(await VolumeFiles.FindAsync(disks, cancellation), context.Parsed.GetValue(volume), id);
            var wanted = "/" + context.Parsed.GetRequiredValue(path).Trim('/');
            await held.GuardAsync(token => VolumeChoice.UseAsync(
                disks, chosen, wanted, screen.Surroundings.Time, (tool, file) => GetAsync(tool, file, wanted, chosen, context.Parsed.GetValue(target), token), token));
            return open.CodeAfterReading(screen);
        });
        return command;
    }

    // The folder tells what it is and how long: a tool that gives less than that is not believed.
    private static async Task<bool> GetAsync(IVolumeTool tool, string volume, string path, PointVolume place, string? target, CancellationToken cancellation)
    {
        var slash = path.LastIndexOf('/');
        var files = await tool.ListAsync(volume, slash == 0 ? "/" : path[..slash], cancellation);
        var file = files.FirstOrDefault(entry => entry.Name == path[(slash + 1)..]) ?? throw new AgentStop(ExitCode.Fatal, VolumeSentences.NotThere, PathText.ForScreen(path), place.Name);
        if (file.Type != PointFileType.File)
            throw new AgentStop(ExitCode.Fatal, VolumeSentences.NotAFile, PathText.ForScreen(path));
        try
        {
            await using var output = target is null ? Screen.OpenOutput() : new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.None);
            await using var counted = new CountedStream(output);
            await tool.CopyAsync(volume, path, counted, cancellation);
            return counted.Written == file.Size ? true : throw new AgentStop(ExitCode.Integrity, VolumeSentences.Short, PathText.ForScreen(path), file.Size!, counted.Written);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AgentStop(ExitCode.Fatal, VolumeSentences.CannotWrite, target ?? (object)DumpSentences.StandardOutput, FileReason.Of(failure));
        }
    }
}
