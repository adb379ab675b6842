using System.Security.Cryptography;
using System.Text;
using BackupOnline.Client.Contracts;

namespace BackupOnline.Client.Tests.Contracts;

public sealed class WebhookSignatureTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Body = """{"test": 2432232314}""";
    private static readonly DateTimeOffset Sent = DateTimeOffset.FromUnixTimeSeconds(1_614_265_330);

    [Fact]
    public void The_example_of_the_standard_webhooks_specification_is_good() =>
        Assert.Equal(WebhookVerdict.Good, Judge("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));

    [Fact]
    public void One_good_signature_among_several_and_one_good_secret_among_several_is_enough()
    {
        Assert.Equal(WebhookVerdict.Good, Judge("v1a,x v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
        Assert.Equal(WebhookVerdict.Good, Judge("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", secrets: $"another-secret-of-24-bytes\n{Secret}"));
        Assert.Equal(WebhookVerdict.Good, Judge(Sign("another-secret-of-24-bytes"u8.ToArray()), secrets: $"another-secret-of-24-bytes, {Secret}"));
    }

    [Theory]
    [InlineData(300, WebhookVerdict.Good)]
    [InlineData(-300, WebhookVerdict.Good)]
    [InlineData(301, WebhookVerdict.Stale)]
    [InlineData(-301, WebhookVerdict.Stale)]
    internal void Five_minutes_are_tolerated_either_way(int seconds, WebhookVerdict verdict) =>
        Assert.Equal(verdict, Judge("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", now: Sent.AddSeconds(seconds)));

    [Theory]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1,h0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1,not base64")]
    [InlineData("v1,")]
    [InlineData("")]
    [InlineData(null)]
    public void Anything_else_is_forged(string? signature) => Assert.Equal(WebhookVerdict.Forged, Judge(signature));

    [Fact]
    public void Id_time_and_body_are_all_signed()
    {
        const string good = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        Assert.Equal(WebhookVerdict.Forged, Judge(good, id: "msg_other"));
        Assert.Equal(WebhookVerdict.Forged, Judge(good, timestamp: "1614265331"));
        Assert.Equal(WebhookVerdict.Forged, Judge(good, body: Body + " "));
        Assert.Equal(WebhookVerdict.Forged, Judge(good, id: "with.dot"));
        Assert.Equal(WebhookVerdict.Forged, Judge(good, timestamp: "soon"));
        Assert.Equal(WebhookVerdict.Forged, Judge(good, id: null));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_***")]
    [InlineData("a-secret-of-at-least-24-bytes,short")]
    [InlineData(",")]
    public void A_secret_that_is_too_short_or_not_base64_is_none(string text) => Assert.Null(PaymentSecrets.Parse(text));

    private static WebhookVerdict Judge(
        string? signature, string? id = "msg_p5jXN8AQM9LWM0D4loKWxJek", string? timestamp = "1614265330", string body = Body, DateTimeOffset? now = null, string secrets = Secret) =>
        WebhookSignature.Judge(PaymentSecrets.Parse(secrets)!, id, timestamp, signature, Encoding.UTF8.GetBytes(body), now ?? Sent);

    private static string Sign(byte[] key) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{Body}")));
}
