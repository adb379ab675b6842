using System.CommandLine;
using System.Globalization;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Caching;

namespace BackupOnline.Agent.Commands;

internal static class CacheCommand
{
    private const int DefaultDays = 30;

    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var cleanup = new Option<bool>("--cleanup") { Description = screen.Speech.Say(CacheSentences.Cleanup) };
        var maxAge = new Option<string?>("--max-age") { Description = screen.Speech.Say(CacheSentences.MaxAge), HelpName = "days" };
        var command = new Command("cache", screen.Speech.Say(CacheSentences.Verb)) { cleanup, maxAge };
        command.Bind(flags, screen, (context, _) =>
        {
            var days = context.Parsed.GetValue(maxAge) is { } text ? FlagText.Number("--max-age", text, 0, 100_000, CacheSentences.BadMaxAge) : DefaultDays;
            var oldest = context.Surroundings.Time.GetUtcNow() - TimeSpan.FromDays(days);
            var root = CacheChoice.Root(context);
            var caches = CacheRoot.List(root);
            foreach (var cache in caches)
            {
                var removed = context.Parsed.GetValue(cleanup) && cache.UsedAt <= oldest;
                if (removed)
                    CacheRoot.Remove(root, cache.RepositoryId);
                Show(screen, cache, removed);
            }

            screen.Tell(CacheSentences.Count, caches.Count, root);
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }

    private static void Show(Screen screen, CacheInfo cache, bool removed)
    {
        if (screen.Json)
        {
            screen.Line(new CacheLine(cache.RepositoryId, cache.UsedAt, cache.Bytes, removed), AgentJson.Lines.CacheLine);
            return;
        }

        var used = cache.UsedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        screen.Result($"{cache.RepositoryId[..10]}  {used}  {Quantity.Bytes(cache.Bytes)}{(removed ? "  " + screen.Speech.Say(CacheSentences.Removed) : "")}");
    }
}
