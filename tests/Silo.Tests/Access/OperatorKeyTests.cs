using BackupOnline.Silo.Access;

namespace BackupOnline.Silo.Tests.Access;

public sealed class OperatorKeyTests
{
    [Fact]
    public void A_key_is_read_as_it_is_written()
    {
        var key = OperatorKey.Parse(new OperatorKey("kabc", "secret").Text);

        Assert.Equal(("kabc", "secret"), (key?.KeyId, key?.Secret));
    }

    [Theory]
    [InlineData("")]
    [InlineData("bo_acme_kabc_secret")]
    [InlineData("boh_provider_kabc_secret")]
    [InlineData("bo_provider_kabc")]
    public void Another_text_is_no_operators_key(string text) => Assert.Null(OperatorKey.Parse(text));
}
