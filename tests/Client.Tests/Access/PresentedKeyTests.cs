using BackupOnline.Client.Access;
using BackupOnline.Grains.Interfaces.Access;

namespace BackupOnline.Client.Tests.Access;

public sealed class PresentedKeyTests
{
    private static readonly string Secret = SecretText.NewSecret();

    [Fact]
    public void A_programs_key_is_read_and_its_secret_forgotten()
    {
        var id = SecretText.NewId('k');

        var key = PresentedKey.Parse(SecretText.FormatAccessKey("acme", id, Secret));

        Assert.Equal((KeyForm.Program, "acme", id, SecretText.Sha256(Secret)), (key!.Form, key.Scope, key.Name, key.SecretSha256));
        Assert.DoesNotContain(Secret, key.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, key.CacheKey, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hosts_key_and_a_code_are_not_taken_for_each_other()
    {
        var host = PresentedKey.Parse(SecretText.FormatHostKey("acme", "web01", Secret));
        var code = PresentedKey.Parse($"boe_acme_web01_{Secret}");

        Assert.Equal((KeyForm.Host, KeyForm.Enrolment), (host!.Form, code!.Form));
        Assert.NotEqual(host.CacheKey, code.CacheKey);
    }

    public static TheoryData<string> Malformed =>
    [
        "", "bo", "bo_acme", $"bo_acme_k_{Secret}", $"bo_ACME_kabc_{Secret}", $"bo_acme_kabc_{Secret}_x", $"bo_acme_kabc_{Secret[1..]}", $"bo_acme_kabc_{Secret}a",
        $"bo_ac/me_kabc_{Secret}", $"bo_acme_kabc_{Secret.ToUpperInvariant()}", $"box_acme_kabc_{Secret}", $"bo_acme_kabc_{Secret[..^1]}\n", new string('b', 10_000), $"bo_acme+x_kabc_{Secret}",
    ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public void What_is_malformed_never_becomes_a_grain_key(string text) => Assert.Null(PresentedKey.Parse(text));
}
