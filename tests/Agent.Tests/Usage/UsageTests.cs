using BackupOnline.Agent.Tests.Running;
using BackupOnline.Agent.Usage;

namespace BackupOnline.Agent.Tests.Usage;

public sealed class UsageTests : IDisposable
{
    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("bakcup /etc", "There is no verb \"bakcup\"; did you mean \"backup\"?", "Il n'y a pas de verbe « bakcup » ; vouliez-vous dire « backup » ?")]
    [InlineData("frobnicate", "There is no verb \"frobnicate\".", "Il n'y a pas de verbe « frobnicate ».")]
    [InlineData("key", "A verb is missing: list, add, remove, passwd. Run \"backuponline key --help\"", "Il manque un verbe : list, add, remove, passwd.")]
    [InlineData("key lst", "There is no verb \"lst\"; did you mean \"list\"?", "Il n'y a pas de verbe « lst » ; vouliez-vous dire « list » ?")]
    [InlineData("key remove", "An argument is missing: <id>", "Il manque un argument : <identifiant>")]
    [InlineData("", "A verb is missing: enroll, init, backup,", "Il manque un verbe : enroll, init, backup,")]
    [InlineData("backup --exlude x /etc", "There is no flag --exlude here; did you mean --exclude?", "Il n'y a pas d'option --exlude ici ; vouliez-vous dire --exclude ?")]
    [InlineData("snapshots --zzz", "There is no flag --zzz here", "Il n'y a pas d'option --zzz ici")]
    [InlineData("restore latest", "The flag --target is required: folder to restore to.", "L'option --target est obligatoire : dossier où restaurer.")]
    [InlineData("enroll", "The flag --server is required", "L'option --server est obligatoire")]
    [InlineData("restore latest --target", "The flag --target wants a value after it", "L'option --target attend une valeur après elle")]
    [InlineData("-r", "The flag --repo wants a value after it", "L'option --repo attend une valeur après elle")]
    [InlineData("restore latest -t a -t b", "The flag --target can be given only once.", "L'option --target ne peut être donnée qu'une fois.")]
    [InlineData("restore -t a", "An argument is missing: <snapshot>", "Il manque un argument : <instantané>")]
    [InlineData("version now", "\"now\" is too much here.", "« now » est de trop ici.")]
    [InlineData("init --password-file=/no/such --yes -r x", "/no/such cannot be read: it does not exist.", "/no/such est illisible : il n'existe pas.")]
    public async Task A_wrong_line_is_answered_in_the_language_of_the_run(string line, string english, string french)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        (await _machine.RunAsync(words)).ShouldEndWith(1).ShouldSay(english);
        (await _machine.With("LANG", "fr_FR.UTF-8").RunAsync(words)).ShouldEndWith(1).ShouldSay(french);
    }

    [Theory]
    [InlineData("<snapshot>", "restore", "", "--target", "x")]
    [InlineData("--target", "restore", "latest", "--target", "")]
    [InlineData("<path>", "ls", "latest", "")]
    [InlineData("<path>", "backup", "")]
    public async Task An_empty_value_is_refused_by_its_name(string place, params string[] line) =>
        (await _machine.RunAsync(line)).ShouldEndWith(1).ShouldSay($"The value of {place} is empty.");

    [Theory]
    [InlineData("--help")]
    [InlineData("restore --help")]
    [InlineData("backup -h")]
    [InlineData("doctor -?")]
    [InlineData("forget --help")]
    [InlineData("prune --help")]
    [InlineData("key --help")]
    [InlineData("repair packs --help")]
    public async Task Help_in_French_has_nothing_left_in_English(string line)
    {
        var words = line.Split(' ');
        var english = (await _machine.RunAsync(words)).ShouldEndWith(0);
        Assert.Contains("Usage: backuponline", english.Output);
        Assert.Contains("show this help", english.Output);
        Assert.Contains("--password-file <file>", english.Output);

        var french = (await _machine.With("LANG", "fr_FR.UTF-8").RunAsync(words)).ShouldEndWith(0);
        Assert.Contains("Utilisation : backuponline", french.Output);
        Assert.Contains("afficher cette aide", french.Output);
        Assert.Contains("--password-file <fichier>", french.Output);
        foreach (var left in (string[])["Show ", "[command]", "REQUIRED", "<file>", "<pattern>", "<folder>", "<host>", "<path>", "<command>"])
            Assert.DoesNotContain(left, french.Output);
        Assert.Equal(english.Output.Count(letter => letter == '\n'), french.Output.Count(letter => letter == '\n'));
    }

    [Fact]
    public async Task Help_names_required_flags_and_hides_what_is_hidden()
    {
        var help = (await _machine.RunAsync("restore", "--help")).ShouldEndWith(0).Output;
        Assert.Contains("-t, --target <folder> (required)", help);
        Assert.Contains("backuponline restore <snapshot> [flags]", help);
        Assert.Contains("backuponline key remove <id> [flags]", (await _machine.RunAsync("key", "remove", "--help")).ShouldEndWith(0).Output);
        Assert.Contains("backuponline key <verb> [flags]", (await _machine.RunAsync("key", "--help")).ShouldEndWith(0).Output);
        Assert.DoesNotContain("--sparse", help);
        Assert.Contains("backup [<path>...]", (await _machine.RunAsync("--help")).ShouldEndWith(0).Output);
    }

    [Theory]
    [InlineData("/h")]
    [InlineData("/?")]
    public async Task A_path_is_no_call_for_help(string path)
    {
        var ended = (await _machine.WithRepository().RunAsync("backup", path)).ShouldEndWith(10);
        Assert.DoesNotContain("Usage", ended.Output);
    }

    [Fact]
    public async Task A_wrong_line_with_json_is_a_json_line() =>
        Assert.Contains("backup", (await _machine.RunAsync("bakcup", "--json")).ShouldEndWith(1).ExitError.GetProperty("message").GetString());

    [Theory]
    [InlineData("restor", "restore")]
    [InlineData("snapshot", "snapshots")]
    [InlineData("sl", "ls")]
    [InlineData("chekc", "check")]
    [InlineData("forget", null)]
    [InlineData("", null)]
    [InlineData("x", null)]
    public void The_nearest_word_is_near(string typed, string? expected) =>
        Assert.Equal(expected, Nearest.To(typed, ["init", "backup", "snapshots", "ls", "restore", "check"]));

    [Fact]
    public void Lines_are_wrapped_at_words() => Assert.Equal(["one two", "three", "enormously", "x"], HelpPage.Wrapped("one two three enormously x", 8));
}
