using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.StorageNode.Protocol;
using BackupOnline.StorageNode.Tests.Hosting;

namespace BackupOnline.StorageNode.Tests;

/// <summary>Paths that try to leave the vault, in every encoding that we know of, through a raw socket with a good credential.</summary>
public sealed class TraversalTests
{
    private static readonly string[] Dots =
    [
        "..", "%2e%2e", "%2E%2E", ".%2e", "%2e.", "%252e%252e", "%25252e%25252e", "..%00", "..%20", "%c0%ae%c0%ae", "%e0%80%ae%e0%80%ae", "%f0%80%80%ae%f0%80%80%ae",
        "%c0%2e%c0%2e", "%u002e%u002e", "%uff0e%uff0e", "%ef%bc%8e%ef%bc%8e", "%e2%80%a4%e2%80%a4", "..;", "..%3b", "...", "....", "%2e%2e%2e", "..%09", "\u00ae\u00ae", ".", "%2e",
    ];

    private static readonly string[] Slashes =
        ["/", "%2f", "%2F", "\\", "%5c", "%5C", "%252f", "%255c", "//", "/./", "%c0%af", "%e0%80%af", "%c1%9c", "%ef%bc%8f", "%e2%88%95", "/%00/", "%2f/", "/;/"];

    private static IEnumerable<string> Corpus()
    {
        var name = new string('a', 64);
        foreach (var dots in Dots)
        {
            foreach (var slash in Slashes)
            {
                yield return $"/acme/main/{dots}{slash}{dots}{slash}rival{slash}main{slash}config";
                yield return $"/acme/main/data/{dots}{slash}{dots}{slash}{dots}{slash}secret";
            }

            yield return $"/{dots}/rival/main/config";
            yield return $"/acme/{dots}/config";
            yield return $"/acme/main/{dots}";
            yield return $"/acme/main/{dots}/";
            yield return $"/acme/main/data/{dots}";
            yield return $"/acme/main/{dots}/config";
        }

        string[] odd =
        [
            "http://127.0.0.1/acme/main/config", "https://rival/rival/main/config", "//rival/main/config", "///acme/main/config", "/acme//main/config", "/acme/main//config", "/acme/main/config/",
            "/acme/main/config%00", "/acme/main/config%20", "/acme/main/config;x", "/acme/main/config?x=y", "/acme/main/config?create=true", "/acme/main/?create=true&create=true", "/acme/main/?create=TRUE",
            "/ACME/main/config", "/acme/MAIN/config", "/acme/main/CONFIG", "/acme/main/Config", "/acme/main/data", "/acme/main/locks", "/acme/main", "/acme", "/", "*", "/acme/main/.shelf/", "/acme/main/.shelf/notes/",
            "/acme/main/.shelf/incoming/x", $"/acme/main/data/{name.ToUpperInvariant()}", $"/acme/main/data/{name[..63]}", $"/acme/main/data/{name}a", $"/acme/main/data/{name[..63]}g", $"/acme/main/data/{name}/", $"/acme/main/data/aa/{name}",
            $"/acme/main/data/{name}%00", $"/acme/main/data/{name}.1.2.3", $"/acme/main/hidden/{name}", $"/acme/main/config/{name}", $"/acme/main/data/%61{name[1..]}", "/acme/main/%63onfig", "/%61cme/main/config", "/acme/ma%69n/config",
            "/acme/main/data/..", "/health/main/config", "/metrics/main/config", "/api/main/config", "/provider/main/config", "/-acme/main/config", "/a/main/config", $"/{new string('a', 41)}/main/config", "/acme\u00e9/main/config", "/acme/main/data/\u00ff",
            "/acme/main/config#x", "/acme/main/config\u00a0", $"/acme/main/data/{new string('\uff41', 1)}", "/acme/main/con", "/acme/main/nul", "/acme/main/data/C:", "/acme/main/C:/Windows", "/acme/main/~", "/~acme/main/config",
        ];
        foreach (var path in odd)
            yield return path;
    }

    [Fact]
    public async Task No_form_of_a_path_leaves_the_vault_or_is_taken_for_another()
    {
        await using var shelf = await ShelfHost.StartAsync();
        var (user, rival) = (shelf.User(CredentialScope.Prune), shelf.User(CredentialScope.Prune, "rival"));
        await shelf.StatusAsync(HttpMethod.Post, user, "config", "the config of acme"u8.ToArray());
        await shelf.StatusAsync(HttpMethod.Post, rival, "config", "the SECRET of rival"u8.ToArray());
        await File.WriteAllTextAsync(Path.Combine(shelf.Folder, "secret"), "SECRET of the folder");
        var before = Tree(shelf);
        var corpus = Corpus().Distinct().ToList();
        Assert.True(corpus.Count >= 500, $"only {corpus.Count}");

        await Parallel.ForEachAsync(corpus, async (path, _) =>
        {
            foreach (var method in (string[])["GET", "POST", "DELETE"])
            {
                var answer = await shelf.RawAsync($"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Basic {user.Basic}\r\nContent-Length: 0\r\n\r\n");
                Assert.True(answer.StartsWith("HTTP/1.1 40", StringComparison.Ordinal) && answer[11] is '0' or '4' or '5', $"{method} {path}: {answer}");
                Assert.DoesNotContain("SECRET", answer, StringComparison.Ordinal);
                Assert.DoesNotContain(shelf.Folder, answer, StringComparison.Ordinal);
                Assert.DoesNotContain("   at ", answer, StringComparison.Ordinal);
            }
        });

        Assert.Equal(before, Tree(shelf));
    }

    [Fact]
    public void Every_path_of_the_protocol_is_understood()
    {
        var name = new string('0', 64);
        Assert.True(ShelfTarget.Parse("/acme/main/") is { IsVault: true, Create: false });
        Assert.True(ShelfTarget.Parse("/acme/main/?create=true") is { IsVault: true, Create: true });
        Assert.Equal("config", ShelfTarget.Parse("/acme/main/config")!.Object.ToString());
        foreach (var type in (string[])["data", "index", "keys", "locks", "snapshots"])
        {
            Assert.NotNull(ShelfTarget.Parse($"/acme/main/{type}/")!.Listing);
            Assert.Equal($"{type}/{name}", ShelfTarget.Parse($"/acme/main/{type}/{name}")!.Object.ToString());
        }
    }

    private static string Tree(ShelfHost shelf) =>
        string.Join('\n', Directory.EnumerateFileSystemEntries(shelf.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
}
