using System.CommandLine;
using System.Globalization;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Points;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Commands;

internal static class VmPointsCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var machine = new Option<string?>("--machine") { Description = screen.Speech.Say(PointSentences.MachineFlag), HelpName = "machine" };
        var command = new Command("points", screen.Speech.Say(PointSentences.Points)) { machine };
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            await using var open = await OpenRepository.OpenCachedAsync(context, context.ChooseRepository(), cancellation);
            await using var held = await HeldLock.TakeAsync(context, open, HeldLock.Reading, cancellation);
            await open.LoadReadableIndexAsync(context.Screen, cancellation);
            var history = new PointHistory(open.Repository);
            var points = new List<RecordedPoint>();
            var unreadable = 0;
            foreach (var snapshot in await history.SnapshotsAsync(null, cancellation))
            {
                try
                {
                    points.Add(await history.ReadAsync(snapshot, cancellation));
                }
                catch (PointUnreadableException problem)
                {
                    unreadable++;
                    context.Screen.ItemFailed("point", snapshot.Id.ToString(), problem.Message);
                }
            }

            if (context.Parsed.GetValue(machine) is { } wanted)
                points.RemoveAll(point => point.Description.MachineId != wanted && point.Description.MachineName != wanted);
            Show(context.Screen, points);
            return unreadable == 0 ? open.CodeAfterReading(context.Screen) : ExitCode.Integrity;
        });
        return command;
    }

    private static void Show(Screen screen, List<RecordedPoint> points)
    {
        if (screen.Json)
        {
            foreach (var point in points)
                screen.Line(new RecordedPointLine("point", point.Snapshot.Id.ToString(), point.Description), AgentJson.Lines.RecordedPointLine);
            return;
        }

        var speech = screen.Speech;
        List<string[]> rows =
        [
            ["ID", speech.Say(RunSentences.ColumnTime), speech.Say(PointSentences.ColumnMachine), speech.Say(PointSentences.ColumnConsistency), speech.Say(PointSentences.ColumnBasis), speech.Say(PointSentences.ColumnSize)],
            .. points.Select(point => new[]
            {
                point.Snapshot.Id.ToString()[..8],
                point.Description.At.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                PathText.ForScreen(point.Description.MachineName),
                point.Description.Consistency,
                string.Join(", ", point.Description.Disks.Select(disk => $"{PathText.ForScreen(disk.Id)} {disk.Basis}")),
                Quantity.Bytes(point.Description.Disks.Sum(disk => disk.Size)),
            }),
        ];
        foreach (var line in TextTable.Lines(rows))
            screen.Result(line);
        screen.Tell(PointSentences.PointCount, points.Count);
    }
}
