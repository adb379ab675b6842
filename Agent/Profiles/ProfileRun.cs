using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Running;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Profiles;

/// <summary>
/// A profile run whole: ping start; before; backup, forget, prune, check as far as the profile has them; after or on-failure; finally; ping success or fail.
/// The first step that fails ends the steps, but for an incomplete backup (exit code 3), which is gone on from.
/// </summary>
internal sealed class ProfileRun(Profile profile, IReadOnlyList<string> given, Screen screen)
{
    private static readonly string[] s_steps = ["backup", "forget", "prune", "check"];

    /// <param name="stop">The person's wish to stop: hooks on-failure and finally still run.</param>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var steps = s_steps.Where(verb => verb == "backup" ? profile.Paths.Count > 0 || profile.Verbs.ContainsKey(verb) : profile.Verbs.ContainsKey(verb)).ToList();
        if (steps.Count == 0)
            throw new AgentStop(ExitCode.Fatal, ProfileSentences.NothingToRun, profile.Name);
        var hooks = new HookRunner(profile, screen);
        using var pinger = new Pinger(profile.Pings, screen);
        await pinger.StartedAsync(stop);
        var code = await WorkAsync(steps, hooks, stop);

        // What tidies up must not fall victim to the stop.
        if (code != ExitCode.Ok)
            await hooks.RunAsync("on-failure", profile.Hooks.OnFailure, code, CancellationToken.None);
        if (!await hooks.RunAsync("finally", profile.Hooks.Finally, code, CancellationToken.None) && code == ExitCode.Ok)
            code = ExitCode.Fatal;
        await pinger.EndedAsync(code, CancellationToken.None);
        return code;
    }

    private async Task<int> WorkAsync(List<string> steps, HookRunner hooks, CancellationToken stop)
    {
        try
        {
            if (!await hooks.RunAsync("before", profile.Hooks.Before, ExitCode.Ok, stop))
                return ExitCode.Fatal;
            var code = ExitCode.Ok;
            foreach (var verb in steps)
            {
                var ended = await Invocation.RunAsync(ProfileArguments.For(profile, [.. given, verb], Invocation.Verbs(screen)), screen, stop);
                code = code == ExitCode.Ok ? ended : code;
                if (ended is not (ExitCode.Ok or ExitCode.Partial))
                    return ended;
            }

            return code == ExitCode.Ok && !await hooks.RunAsync("after", profile.Hooks.After, code, stop) ? ExitCode.Fatal : code;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }
}
