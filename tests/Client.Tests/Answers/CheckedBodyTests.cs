using BackupOnline.Client.Answers;
using BackupOnline.Client.BackupSets;
using BackupOnline.Client.Hosts;
using BackupOnline.Client.Jobs;
using BackupOnline.Client.Tenants;
using BackupOnline.Client.Vaults;
using BackupOnline.Grains.Interfaces.Names;

namespace BackupOnline.Client.Tests.Answers;

public sealed class CheckedBodyTests
{
    private static readonly string PublicKey = Convert.ToBase64String(new byte[32]);

    public static TheoryData<object, string?> Bodies => new()
    {
        { new CreateTenantBody { Name = "acme", DisplayName = "Acme SA" }, null },
        { new CreateTenantBody { Name = "acme", DisplayName = "Acme SA", QuotaBytes = 0 }, null },
        { new CreateTenantBody { Name = "a", DisplayName = "Acme SA" }, "name" },
        { new CreateTenantBody { Name = "acme\n", DisplayName = "Acme SA" }, "name" },
        { new CreateTenantBody { Name = "../acme", DisplayName = "Acme SA" }, "name" },
        { new CreateTenantBody { Name = "acme", DisplayName = "" }, "displayName" },
        { new CreateTenantBody { Name = "acme", DisplayName = "  " }, "displayName" },
        { new CreateTenantBody { Name = "acme", DisplayName = new('x', 201) }, "displayName" },
        { new CreateTenantBody { Name = "acme", DisplayName = "two\nlines" }, "displayName" },
        { new CreateTenantBody { Name = "acme", DisplayName = "Acme SA", QuotaBytes = -1 }, "quotaBytes" },
        { new CreateVaultBody { Name = "main", Node = "NODE 1" }, "node" },
        { new CreateBackupSetBody { Name = "documents", Vault = "main", ExpectedEvery = TimeSpan.FromHours(1) }, null },
        { new CreateBackupSetBody { Name = "documents", Vault = "main", ExpectedEvery = TimeSpan.FromDays(366) }, null },
        { new CreateBackupSetBody { Name = "documents", Vault = "main", ExpectedEvery = TimeSpan.FromMinutes(59) }, "expectedEvery" },
        { new CreateBackupSetBody { Name = "documents", Vault = "main", ExpectedEvery = TimeSpan.FromDays(367) }, "expectedEvery" },
        { new AcceptTermsBody { Document = "general-conditions", Version = "1", TextSha256 = new('a', 64), AcceptedBy = "A. Person" }, null },
        { new AcceptTermsBody { Document = "small-print", Version = "1", TextSha256 = new('a', 64), AcceptedBy = "A. Person" }, "document" },
        { new AcceptTermsBody { Document = "general-conditions", Version = "1", TextSha256 = new('A', 64), AcceptedBy = "A. Person" }, "textSha256" },
        { new EnrolBody { Code = "boe_x", PublicKey = PublicKey }, null },
        { new EnrolBody { Code = "boe_x", PublicKey = Convert.ToBase64String(new byte[31]) }, "publicKey" },
        { new EnrolBody { Code = "boe_x", PublicKey = Convert.ToBase64String(new byte[33]) }, "publicKey" },
        { new EnrolBody { Code = "boe_x", PublicKey = PublicKey, Capabilities = [.. Enumerable.Repeat("x", 21)] }, "capabilities" },
        { new EnrolBody { Code = "boe_x", PublicKey = PublicKey, Capabilities = [new('x', 101)] }, "capabilities" },
        { new ProgressBody { Attempt = 0, Progress = new() }, "attempt" },
        { new ProgressBody { Attempt = 1, Progress = new() { BytesSent = -1 } }, "progress" },
        { new OutcomeBody { Attempt = 1, ExitCode = 256 }, "exitCode" },
        { new OutcomeBody { Attempt = 1, ExitCode = 0, Snapshot = "latest" }, "snapshot" },
        { new OutcomeBody { Attempt = 1, ExitCode = 0, Message = new('x', 501) }, "message" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_body_is_good_or_its_one_fault_is_named(object body, string? field) =>
        Assert.Equal(field is null ? [] : [field], ((CheckedBody)body).Faults().Select(fault => fault.Field));

    [Fact]
    public void A_wrong_name_is_answered_with_the_rule() =>
        Assert.Equal(NameRule.Advice, Assert.Single(new CreateVaultBody { Name = "X" }.Faults()).Detail);

    [Fact]
    public void What_holds_secrets_does_not_print_them()
    {
        Assert.DoesNotContain("boe_", new EnrolBody { Code = "boe_secret", PublicKey = PublicKey }.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", new EnrolledCredential { KeyId = "c1", Secret = "s3cret" }.ToString(), StringComparison.Ordinal);
    }
}
