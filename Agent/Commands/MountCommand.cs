using System.CommandLine;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Mounting;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Mounting;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Agent.Commands;

/// <summary>Ends with 0 when it is unmounted, by Ctrl-C too: that is how it is meant to end.</summary>
internal static class MountCommand
{
    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var filter = new SnapshotFlags(screen.Speech);
        var mountFlags = new MountFlags(screen.Speech);
        var point = new Argument<string>("mountpoint") { Description = screen.Speech.Say(MountSentences.Point) };
        var command = new Command("mount", screen.Speech.Say(MountSentences.Verb)) { point };
        mountFlags.AddTo(command);
        filter.AddTo(command);
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            var folder = Path.GetFullPath(context.Parsed.GetRequiredValue(point));
            var options = mountFlags.Options(context.Parsed);
            CheckMachine(folder);
            await using var open = await OpenRepository.OpenCachedAsync(context, context.ChooseRepository(), cancellation);
            await using var held = await HeldLock.TakeAsync(context, open, HeldLock.Reading, cancellation);
            var damaged = await held.GuardAsync(async token =>
            {
                await using var mounted = await MountedRepository.OpenAsync(
                    open.Repository,
                    wish => filter.SelectAsync(context.Parsed, open, screen, [], wish),
                    options,
                    wish => open.LoadReadableIndexAsync(screen, wish),
                    token);
                var failures = await ServeAsync(mounted, folder, mountFlags.Mount(context.Parsed), screen, token);

                // Unmounted by somebody or at our wish: that is the end; because the lock was lost: that is told.
                if (!cancellation.IsCancellationRequested)
                    token.ThrowIfCancellationRequested();
                return failures;
            });
            if (damaged == 0)
                return open.CodeAfterReading(screen);
            screen.Fatal(ExitCode.Integrity, screen.Speech.Say(MountSentences.Damaged, damaged));
            return ExitCode.Integrity;
        });
        return command;
    }

    private static void CheckMachine(string folder)
    {
        if (!OperatingSystem.IsLinux())
            throw new AgentStop(ExitCode.Fatal, MountSentences.OnlyLinux);
        if (!FuseLibrary.IsPresent())
            throw new AgentStop(ExitCode.Fatal, MountSentences.NoLibrary);
        if (!File.Exists("/dev/fuse"))
            throw new AgentStop(ExitCode.Fatal, MountSentences.NoDevice);
        if (!Directory.Exists(folder))
            throw new AgentStop(ExitCode.Fatal, MountSentences.NoFolder, PathText.ForScreen(folder));
    }

    /// <summary>How often something was missing or damaged.</summary>
    private static async Task<int> ServeAsync(MountedRepository mounted, string folder, IEnumerable<string> mountOptions, Screen screen, CancellationToken cancellation)
    {
        var damaged = 0;
        using var answers = new FuseAnswers(mounted, Failed);
        using var session = new FuseSession(answers);
        if (!session.TryMount(folder, mountOptions))
            throw new AgentStop(ExitCode.Fatal, MountSentences.Refused, PathText.ForScreen(folder));
        screen.Tell(MountSentences.Mounted, PathText.ForScreen(folder));
        await session.RunAsync(cancellation);
        screen.Tell(MountSentences.Unmounted, PathText.ForScreen(folder));
        return damaged;

        void Failed(RawPath name, Exception failure)
        {
            if (failure is RepositoryException { IsOfOneObject: true })
                Interlocked.Increment(ref damaged);
            screen.ItemFailed("mount", PathText.ForScreen(name.ToString()), failure.Message);
        }
    }
}
