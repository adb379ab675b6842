using System.CommandLine;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Points;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Restoring;

namespace BackupOnline.Agent.Commands;

internal static class VmRestoreCommand
{
    private const string Latest = "latest";

    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var point = new Argument<string>("point") { Description = screen.Speech.Say(PointSentences.PointArgument) };
        var machine = new Option<string?>("--machine") { Description = screen.Speech.Say(PointSentences.MachineFlag), HelpName = "machine" };
        var name = new Option<string?>("--name") { Description = screen.Speech.Say(PointSentences.NewName), HelpName = "name" };
        var folder = new Option<string>("--target", "-t") { Description = screen.Speech.Say(PointSentences.Folder), HelpName = "folder", Required = true };
        var format = new Option<string?>("--format") { Description = screen.Speech.Say(PointSentences.Format), HelpName = "format" };
        var command = new Command("restore", screen.Speech.Say(PointSentences.Restore)) { point, machine, name, folder, format };
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            var parsed = context.Parsed;
            var chosen = parsed.GetValue(format) ?? "qcow2";
            if (chosen is not ("qcow2" or "raw" or "vhdx"))
                throw new AgentStop(ExitCode.Fatal, PointSentences.BadFormat, "--format", chosen);
            await using var open = await OpenRepository.OpenCachedAsync(context, context.ChooseRepository(), cancellation);
            await using var held = await HeldLock.TakeAsync(context, open, HeldLock.Reading, cancellation);
            await open.LoadReadableIndexAsync(screen, cancellation);
            var found = await FindAsync(open, parsed.GetRequiredValue(point), parsed.GetValue(machine), cancellation);
            var newName = parsed.GetValue(name) ?? $"{found.Description.MachineName}-restored";
            var progress = new RestoreProgress();
            string where;
            await using (new ProgressLoop(screen, () => RestoreReport.ForScreen(progress.Read()), (now, elapsed, _) => RestoreReport.Status(screen, now, elapsed)))
            {
                var restore = new PointRestore(open.Repository, HypervisorChoice.ImageTarget(context));
                where = await held.GuardAsync(token => restore.RunAsync(found, newName, Path.GetFullPath(parsed.GetRequiredValue(folder)), chosen, progress, token));
            }

            if (screen.Json)
                screen.Line(new MachineRestoredLine("restored", found.Snapshot.Id.ToString(), newName, where), AgentJson.Lines.MachineRestoredLine);
            else
                screen.Tell(PointSentences.Restored, PathText.ForScreen(newName), PathText.ForScreen(where));
            return open.CodeAfterReading(screen);
        });
        return command;
    }

    private static async Task<RecordedPoint> FindAsync(OpenRepository open, string id, string? machine, CancellationToken cancellation)
    {
        var history = new PointHistory(open.Repository);
        if (id != Latest)
            return await history.ReadAsync(await open.Repository.FindSnapshotAsync(id, null, cancellation), cancellation);
        RecordedPoint? newest = null;
        foreach (var snapshot in await history.SnapshotsAsync(null, cancellation))
        {
            var point = await history.ReadAsync(snapshot, cancellation);
            if (machine is null || point.Description.MachineId == machine || point.Description.MachineName == machine)
                newest = point;
        }

        return newest ?? throw new AgentStop(ExitCode.Fatal, PointSentences.NoPoint, machine ?? "*");
    }
}
