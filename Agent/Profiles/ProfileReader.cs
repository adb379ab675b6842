using System.Globalization;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Languages;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Usage;
using Tomlyn.Model;

namespace BackupOnline.Agent.Profiles;

/// <summary>From the file's tables to a <see cref="Profile"/>. A key that is not known is told with its name: a mistyped one must not be passed over.</summary>
internal sealed class ProfileReader(string name, TomlTable table)
{
    private static readonly string[] s_flags =
        ["repository", "repository-file", "password-file", "password-command", "cacert", "retry-lock", "compression", "pack-size", "no-extra-verify", "limit-upload", "limit-download", "cache-dir", "no-cache", "no-lock", "quiet", "verbose"];

    private static readonly string[] s_verbs =
        ["backup", "forget", "prune", "check", "restore", "snapshots", "copy", "diff", "dump", "find", "ls", "mount", "rewrite", "stats", "tag"];
    private static readonly string[] s_hooks = ["before", "after", "on-failure", "finally", "timeout"];
    private static readonly string[] s_pings = ["start", "success", "fail", "timeout"];

    /// <exception cref="AgentStop">A key is not known, or its value not what it should be.</exception>
    public Profile Read()
    {
        Examine(table, "", [.. s_flags, .. s_verbs, "inherit", "hooks", "ping"]);
        if (table.TryGetValue("repository", out var repository) && repository is string address && RepositoryAddress.HoldsSecret(address))
            throw new AgentStop(ExitCode.Fatal, ProfileSentences.Secret, name, "repository");
        return new Profile
        {
            Name = name,
            Flags = [.. table.Where(pair => s_flags.Contains(pair.Key)).SelectMany(pair => FlagsOf(pair.Key == "repository" ? "repo" : pair.Key, pair.Key, pair.Value))],
            Verbs = s_verbs.Where(table.ContainsKey).ToDictionary(verb => verb, VerbOf, StringComparer.Ordinal),
            Paths = table.ContainsKey("backup") ? Texts(Table("backup"), "backup.", "paths") : [],
            Hooks = HooksOf(Table("hooks")),
            Pings = PingsOf(Table("ping")),
        };
    }

    private IReadOnlyList<ProfileFlag> VerbOf(string verb) =>
        [.. Table(verb).Where(pair => verb != "backup" || pair.Key != "paths").SelectMany(pair => FlagsOf(pair.Key, $"{verb}.{pair.Key}", pair.Value))];

    private ProfileHooks HooksOf(TomlTable hooks)
    {
        Examine(hooks, "hooks.", s_hooks);
        return new ProfileHooks
        {
            Before = Texts(hooks, "hooks.", "before"),
            After = Texts(hooks, "hooks.", "after"),
            OnFailure = Texts(hooks, "hooks.", "on-failure"),
            Finally = Texts(hooks, "hooks.", "finally"),
            Timeout = Duration(hooks, "hooks.", new ProfileHooks().Timeout),
        };
    }

    private ProfilePings PingsOf(TomlTable pings)
    {
        Examine(pings, "ping.", s_pings);
        return new ProfilePings
        {
            Start = Address(pings, "start"),
            Success = Address(pings, "success"),
            Fail = Address(pings, "fail"),
            Timeout = Duration(pings, "ping.", new ProfilePings().Timeout),
        };
    }

    private IEnumerable<ProfileFlag> FlagsOf(string flag, string key, object value) => value switch
    {
        true => [new ProfileFlag("--" + flag, null)],
        false => [],
        string text => [new ProfileFlag("--" + flag, text)],
        long number => [new ProfileFlag("--" + flag, number.ToString(CultureInfo.InvariantCulture))],
        TomlArray list => list.SelectMany(one => one is null or TomlArray ? throw Bad(key, ProfileSentences.AFlag) : FlagsOf(flag, key, one)),
        _ => throw Bad(key, ProfileSentences.AFlag),
    };

    private TomlTable Table(string key) =>
        !table.TryGetValue(key, out var value) ? new TomlTable() : value as TomlTable ?? throw Bad(key, ProfileSentences.ATable);

    private IReadOnlyList<string> Texts(TomlTable from, string prefix, string key) => !from.TryGetValue(key, out var value) ? [] : value switch
    {
        string text => [text],
        TomlArray list => [.. list.Select(one => one as string ?? throw Bad(prefix + key, ProfileSentences.Texts))],
        _ => throw Bad(prefix + key, ProfileSentences.Texts),
    };

    private TimeSpan Duration(TomlTable from, string prefix, TimeSpan otherwise)
    {
        if (!from.TryGetValue("timeout", out var value))
            return otherwise;
        try
        {
            return value is string text && FlagText.Duration("timeout", text) is var duration && duration > TimeSpan.Zero ? duration : throw Bad(prefix + "timeout", ProfileSentences.ADuration);
        }
        catch (AgentStop)
        {
            throw Bad(prefix + "timeout", ProfileSentences.ADuration);
        }
    }

    // Who knows such an address can say that all is well.
    private Uri? Address(TomlTable pings, string key)
    {
        if (!pings.TryGetValue(key, out var value))
            return null;
        return value is string text && Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            ? url
            : throw Bad("ping." + key, ProfileSentences.AnAddress);
    }

    private void Examine(TomlTable examined, string prefix, IReadOnlyList<string> known)
    {
        if (examined.Keys.FirstOrDefault(key => !known.Contains(key)) is { } wrong)
            throw new AgentStop(ExitCode.Fatal, ProfileSentences.BadKey, name, prefix + wrong, Guess(Nearest.To(wrong, known)));
    }

    private static Sentence Guess(string? near) => near is null
        ? new("", "")
        : new(ProfileSentences.DidYouMean.English.Replace("{0}", near, StringComparison.Ordinal), ProfileSentences.DidYouMean.French.Replace("{0}", near, StringComparison.Ordinal));

    private AgentStop Bad(string key, Sentence expected) => new(ExitCode.Fatal, ProfileSentences.BadValue, name, key, expected);
}
