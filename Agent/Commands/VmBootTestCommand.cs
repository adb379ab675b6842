using System.CommandLine;
using System.Globalization;
using BackupOnline.Agent.BootTests;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Hypervisors;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Commands;

internal static class VmBootTestCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var filter = new SnapshotFlags(screen.Speech);
        var machine = new BootFlags(screen.Speech);
        var point = new Argument<string>("point") { Description = screen.Speech.Say(BootSentences.PointArgument) };
        var picture = new Option<string?>("--picture") { Description = screen.Speech.Say(BootSentences.Picture), HelpName = "file" };
        var log = new Option<string?>("--log") { Description = screen.Speech.Say(BootSentences.Log), HelpName = "file" };
        var command = new Command("boot-test", screen.Speech.Say(BootSentences.Verb)) { point, picture, log };
        machine.AddTo(command);
        filter.AddTo(command);
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            var options = machine.Read(context.Parsed);
            await using var open = await OpenRepository.OpenCachedAsync(context, context.ChooseRepository(), cancellation);
            await using var held = await HeldLock.TakeAsync(context, open, HeldLock.Reading, cancellation);
            var found = await filter.FindAsync(context.Parsed, open.Repository, context.Parsed.GetRequiredValue(point), cancellation);
            await open.LoadReadableIndexAsync(screen, cancellation);
            await using var disks = await PointDisks.OpenAsync(open.Repository, found, cancellation);
            var verdict = await held.GuardAsync(token => RunAsync(new BootTest(screen.Surroundings.Time), disks, options, token));
            var pictureFile = context.Parsed.GetValue(picture);
            await WriteAsync(pictureFile, verdict.Picture, cancellation);
            await WriteAsync(context.Parsed.GetValue(log), System.Text.Encoding.UTF8.GetBytes(verdict.Serial), cancellation);
            Show(screen, found.Id.ToString(), verdict, verdict.Picture is null ? null : pictureFile);
            return verdict.Decision.Good ? open.CodeAfterReading(screen) : ExitCode.BadPoint;
        });
        return command;
    }

    private static async Task<BootVerdict> RunAsync(BootTest test, PointDisks disks, BootTestOptions options, CancellationToken cancellation)
    {
        try
        {
            return await test.RunAsync(disks.Images, options, cancellation);
        }
        catch (HypervisorException failure)
        {
            throw new AgentStop(ExitCode.Fatal, failure.Code == "qemu-missing" ? BootSentences.NoQemu : BootSentences.QemuFailed, failure.Message);
        }
    }

    private static async Task WriteAsync(string? file, byte[]? bytes, CancellationToken cancellation)
    {
        if (file is null || bytes is null)
            return;
        try
        {
            await File.WriteAllBytesAsync(file, bytes, cancellation);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AgentStop(ExitCode.Fatal, BootSentences.CannotWrite, PathText.ForScreen(file), FileReason.Of(failure));
        }
    }

    private static void Show(Screen screen, string snapshot, BootVerdict verdict, string? picture)
    {
        var (decision, seconds) = (verdict.Decision, Math.Round(verdict.Took.TotalSeconds, 1));
        var text = PathText.ForScreen(BootSentences.Say(screen.Speech, decision));
        if (screen.Json)
            screen.Line(new BootLine(snapshot, decision.Good, decision.Reason.ToString(), text, seconds, verdict.BytesFetched, picture), AgentJson.Lines.BootLine);
        else
            screen.Result(screen.Speech.Say(decision.Good ? BootSentences.Good : BootSentences.Bad, seconds.ToString(CultureInfo.InvariantCulture), text, Quantity.Bytes(verdict.BytesFetched)));
    }
}
