using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Repositories;

namespace BackupOnline.Agent.Tests.Repositories;

public sealed class RepositoryAddressTests
{
    [Fact]
    public void An_address_with_a_credential_is_shown_without_it()
    {
        var address = RepositoryAddress.Parse("rest:https://key:p%40ss@shelf.example.com:8443/acme/main");
        Assert.Equal(new Uri("https://shelf.example.com:8443/acme/main/"), address.Url);
        Assert.Equal(("key", "p@ss"), (address.User, address.Secret));
        Assert.Equal("rest:https://shelf.example.com:8443/acme/main/", address.Shown);
    }

    [Theory]
    [InlineData("/srv/repo", "/srv/repo")]
    [InlineData("local:/srv/repo/", "/srv/repo/")]
    [InlineData("/srv/a/../b", "/srv/b")]
    public void A_folder_is_a_folder(string text, string folder) => Assert.Equal(folder, RepositoryAddress.Parse(text).Folder);

    [Theory]
    [InlineData("rest:http://shelf.example.com/acme/main")]
    [InlineData("rest:http://192.168.1.5:8000/")]
    [InlineData("rest:ftp://127.0.0.1/")]
    [InlineData("rest:nonsense")]
    [InlineData("s3:s3.amazonaws.com/bucket")]
    [InlineData("sftp:user@host:/srv")]
    [InlineData("https://shelf.example.com/acme/main")]
    [InlineData("local:")]
    [InlineData("")]
    public void What_cannot_be_used_is_refused(string text) => Assert.Equal(ExitCode.Fatal, Assert.Throws<AgentStop>(() => RepositoryAddress.Parse(text)).Code);

    [Theory]
    [InlineData("rest:http://127.0.0.1:8000/a/b")]
    [InlineData("rest:http://localhost/a")]
    [InlineData("rest:http://[::1]:9/a")]
    public void Plain_http_is_for_this_machine(string text) => Assert.NotNull(RepositoryAddress.Parse(text).Url);

    [Theory]
    [InlineData("rest:https://u:p@h/x", true)]
    [InlineData("rest:https://u:@h/x", false)]
    [InlineData("rest:https://u@h/x", false)]
    [InlineData("rest:https://h/x", false)]
    [InlineData("/srv/u:p@h", false)]
    public void A_password_in_an_address_is_seen(string text, bool holds) => Assert.Equal(holds, RepositoryAddress.HoldsSecret(text));

    [Fact]
    public void Messages_from_elsewhere_lose_their_secrets()
    {
        var text = Redacted.Text("GET http://key:TopSecret@host:80/x failed for boh_acme_office_TopSecret and bo_read_k1_TopSecret, boe_a_b_TopSecret");
        Assert.DoesNotContain("TopSecret", text);
        Assert.Contains("host:80/x failed", text);
    }
}
