using System.CommandLine;
using BackupOnline.Agent.BootTests;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.PointFiles;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Commands;

internal static class VmFilesListCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var filter = new SnapshotFlags(screen.Speech);
        var point = new Argument<string>("point") { Description = screen.Speech.Say(BootSentences.PointArgument) };
        var path = new Argument<string?>("path") { Description = screen.Speech.Say(VolumeSentences.Path), Arity = ArgumentArity.ZeroOrOne };
        var volume = new Option<string?>("--volume") { Description = screen.Speech.Say(VolumeSentences.Volume), HelpName = "disk:partition" };
        var command = new Command("ls", screen.Speech.Say(VolumeSentences.Ls)) { point, path, volume };
        filter.AddTo(command);
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            await using var open = await OpenRepository.OpenCachedAsync(context, context.ChooseRepository(), cancellation);
            await using var held = await HeldLock.TakeAsync(context, open, HeldLock.Reading, cancellation);
            var id = context.Parsed.GetRequiredValue(point);
            var found = await filter.FindAsync(context.Parsed, open.Repository, id, cancellation);
            await open.LoadReadableIndexAsync(screen, cancellation);
            await using var disks = await PointDisks.OpenAsync(open.Repository, found, cancellation);
            var volumes = await VolumeFiles.FindAsync(disks, cancellation);
            if (context.Parsed.GetValue(path) is not { } folder)
            {
                Show(screen, volumes);
                return open.CodeAfterReading(screen);
            }

            var chosen = VolumeChoice.Of(volumes, context.Parsed.GetValue(volume), id);
            var files = await held.GuardAsync(token => VolumeChoice.UseAsync(disks, chosen, folder, screen.Surroundings.Time, (tool, file) => tool.ListAsync(file, folder, token), token));
            foreach (var file in files.OrderBy(file => file.Name, StringComparer.Ordinal))
                Show(screen, folder, file);
            return open.CodeAfterReading(screen);
        });
        return command;
    }

    private static void Show(Screen screen, IReadOnlyList<PointVolume> volumes)
    {
        if (screen.Json)
        {
            foreach (var volume in volumes)
                screen.Line(new VolumeLine(volume.Name, volume.DiskName, volume.Part.Offset, volume.Part.Length, volume.Kind), AgentJson.Lines.VolumeLine);
            return;
        }

        var speech = screen.Speech;
        List<string[]> rows =
        [
            ["Volume", speech.Say(VolumeSentences.ColumnDisk), speech.Say(VolumeSentences.ColumnSize), speech.Say(VolumeSentences.ColumnKind)],
            .. volumes.Select(volume => new[] { volume.Name, PathText.ForScreen(volume.DiskName), Quantity.Bytes(volume.Part.Length), volume.Kind ?? "-" }),
        ];
        foreach (var line in TextTable.Lines(rows))
            screen.Result(line);
    }

    private static void Show(Screen screen, string folder, PointFile file)
    {
        var path = folder.TrimEnd('/') + "/" + file.Name;
        var type = file.Type switch { PointFileType.File => "file", PointFileType.Folder => "dir", _ => "other" };
        if (screen.Json)
            screen.Line(new VolumeFileLine(file.Name, path, type, file.Size), AgentJson.Lines.VolumeFileLine);
        else
            screen.Result(PathText.ForScreen(path) + (file.Type == PointFileType.Folder ? "/" : ""));
    }
}
