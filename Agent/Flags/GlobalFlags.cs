using System.CommandLine;
using BackupOnline.Agent.Languages;
using BackupOnline.Agent.Profiles;

namespace BackupOnline.Agent.Flags;

/// <summary>The flags that every verb takes, named as restic names them.</summary>
internal sealed class GlobalFlags(Speech speech)
{
    public Option<string?> Repo { get; } = new("--repo", "-r") { Description = speech.Say(FlagSentences.Repo), HelpName = "repository", Recursive = true };

    public Option<string?> RepositoryFile { get; } = new("--repository-file") { Description = speech.Say(FlagSentences.RepositoryFile), HelpName = "file", Recursive = true };

    public Option<string?> PasswordFile { get; } = new("--password-file", "-p") { Description = speech.Say(FlagSentences.PasswordFile), HelpName = "file", Recursive = true };

    public Option<string?> PasswordCommand { get; } = new("--password-command") { Description = speech.Say(FlagSentences.PasswordCommand), HelpName = "command", Recursive = true };

    public Option<bool> Json { get; } = new("--json") { Description = speech.Say(FlagSentences.Json), Recursive = true };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = speech.Say(FlagSentences.Quiet), Recursive = true };

    /// <summary>Counted: -v, -vv, --verbose --verbose.</summary>
    public Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = speech.Say(FlagSentences.Verbose), Arity = ArgumentArity.Zero, Recursive = true };

    public Option<string?> RetryLock { get; } = new("--retry-lock") { Description = speech.Say(FlagSentences.RetryLock), HelpName = "duration", Recursive = true };

    public Option<string?> CaCert { get; } = new("--cacert") { Description = speech.Say(FlagSentences.CaCert), HelpName = "file", Recursive = true };

    public Option<string?> Compression { get; } = new("--compression") { Description = speech.Say(FlagSentences.Compression), HelpName = "mode", Recursive = true };

    public Option<string?> PackSize { get; } = new("--pack-size") { Description = speech.Say(FlagSentences.PackSize), HelpName = "MiB", Recursive = true };

    public Option<bool> NoExtraVerify { get; } = new("--no-extra-verify") { Description = speech.Say(FlagSentences.NoExtraVerify), Recursive = true };

    public Option<bool> NoLock { get; } = new("--no-lock") { Description = speech.Say(FlagSentences.NoLock), Recursive = true };

    public Option<bool> NoCache { get; } = new("--no-cache") { Description = speech.Say(CacheSentences.NoCache), Recursive = true };

    public Option<string?> CacheDir { get; } = new("--cache-dir") { Description = speech.Say(CacheSentences.CacheDir), HelpName = "folder", Recursive = true };

    public Option<string?> LimitUpload { get; } = new("--limit-upload") { Description = speech.Say(LimitSentences.Upload), HelpName = "KiB/s", Recursive = true };

    public Option<string?> LimitDownload { get; } = new("--limit-download") { Description = speech.Say(LimitSentences.Download), HelpName = "KiB/s", Recursive = true };

    /// <summary>Taken off the line before it is parsed; here for the help and for a line that lacks its value.</summary>
    public Option<string?> Profile { get; } = new("--profile") { Description = speech.Say(ProfileSentences.Flag), HelpName = "name", Recursive = true };

    public Option<string?> ProfileFile { get; } = new("--profile-file") { Description = speech.Say(ProfileSentences.FileFlag), HelpName = "file", Recursive = true };

    public IEnumerable<Option> All =>
        [Repo, RepositoryFile, PasswordFile, PasswordCommand, Json, Quiet, Verbose, RetryLock, CaCert, Compression, PackSize, NoExtraVerify, NoLock, NoCache, CacheDir, LimitUpload, LimitDownload, Profile, ProfileFile];

    /// <summary>-1 for --quiet, else how often -v was given, at most 2.</summary>
    public int Verbosity(ParseResult parsed) =>
        parsed.GetValue(Quiet) ? -1 : Math.Min(2, parsed.GetResult(Verbose)?.IdentifierTokenCount ?? 0);
}
