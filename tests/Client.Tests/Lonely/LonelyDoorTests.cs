using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using BackupOnline.Client.Access;
using BackupOnline.Grains.Interfaces.Access;

namespace BackupOnline.Client.Tests.Lonely;

public sealed class LonelyDoorTests(LonelyDoor door)
{
    [Fact]
    public async Task It_lives_but_is_not_ready()
    {
        Assert.Equal("""{"status":"live"}""", await door.Http.GetStringAsync("/health/live"));

        var ready = await door.Http.GetAsync("/health/ready");
        await ready.IsProblemAsync(HttpStatusCode.ServiceUnavailable, "cluster-unavailable");
        Assert.NotNull(ready.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_well_formed_key_cannot_be_judged_and_is_told_when_to_come_back()
    {
        var key = SecretText.FormatAccessKey("acme", SecretText.NewId('k'), SecretText.NewSecret());

        var answer = await SendAsync(HttpMethod.Get, "/api/v1/tenants", new("Bearer", key));

        await answer.IsProblemAsync(HttpStatusCode.ServiceUnavailable, "cluster-unavailable");
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
    }

    [Theory]
    [InlineData("/api/v1/tenants")]
    [InlineData("/api/v1/tenants/acme/vaults")]
    [InlineData("/api/v1/nodes")]
    [InlineData("/api/v1/jobs/j00000000000000000000000000000000/events")]
    [InlineData("/dashboard/")]
    public async Task Without_a_key_nothing_opens(string path)
    {
        var answer = await door.Http.GetAsync(path);

        await answer.IsProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Contains(answer.Headers.WwwAuthenticate, challenge => challenge.Scheme == KeyScheme.Bearer);
    }

    [Fact]
    public async Task Only_the_dashboard_asks_a_browser_for_a_password()
    {
        var dashboard = await door.Http.GetAsync("/dashboard/");
        var api = await door.Http.GetAsync("/api/v1/tenants");

        Assert.Contains(dashboard.Headers.WwwAuthenticate, challenge => challenge.Scheme == KeyScheme.Basic);
        Assert.DoesNotContain(api.Headers.WwwAuthenticate, challenge => challenge.Scheme == KeyScheme.Basic);
    }

    [Theory]
    [InlineData("GET", "/api/v2/tenants", HttpStatusCode.NotFound, "not-found")]
    [InlineData("GET", "/", HttpStatusCode.NotFound, "not-found")]
    [InlineData("GET", "/api/v1/tenants/../../etc/passwd", HttpStatusCode.NotFound, "not-found")]
    [InlineData("PATCH", "/health/live", HttpStatusCode.MethodNotAllowed, "method-not-allowed")]
    [InlineData("TRACE", "/health/live", HttpStatusCode.MethodNotAllowed, "method-not-allowed")]
    public async Task What_is_not_there_is_a_problem_too(string method, string path, HttpStatusCode status, string code) =>
        await (await SendAsync(new(method), path)).IsProblemAsync(status, code);

    [Fact]
    public async Task Every_answer_carries_the_security_headers_and_no_server_name()
    {
        var answer = await door.Http.GetAsync("/health/live");

        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Contains("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Empty(answer.Headers.Server);
    }

    [Theory]
    [InlineData("""{"code":"boe_x","publicKey":""", "application/json", HttpStatusCode.BadRequest, "request-invalid")]
    [InlineData("{}", "application/json", HttpStatusCode.BadRequest, "request-invalid")]
    [InlineData("", "application/json", HttpStatusCode.BadRequest, "request-invalid")]
    [InlineData("[]", "application/json", HttpStatusCode.BadRequest, "request-invalid")]
    [InlineData("code=boe_x", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType, "unsupported-media-type")]
    [InlineData("<a/>", "text/xml", HttpStatusCode.UnsupportedMediaType, "unsupported-media-type")]
    public async Task A_body_that_is_not_wanted_is_refused_clearly(string body, string type, HttpStatusCode status, string code) =>
        await (await SendAsync(HttpMethod.Post, "/api/v1/enrolments", content: new StringContent(body, Encoding.UTF8, type))).IsProblemAsync(status, code);

    [Fact]
    public async Task A_huge_body_is_refused_before_it_is_read()
    {
        var body = new StringContent($$"""{"code":"{{new string('x', 70_000)}}"}""", Encoding.UTF8, "application/json");

        await (await SendAsync(HttpMethod.Post, "/api/v1/enrolments", content: body)).IsProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }

    [Theory]
    [InlineData("Content-Length: 9000000000000000\r\nContent-Type: application/json\r\n", "HTTP/1.1 413")]
    [InlineData("Content-Length: banana\r\n", "HTTP/1.1 400")]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n", "HTTP/1.1 4")]
    public async Task Lying_headers_are_refused(string headers, string answer)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(door.Address.Host, door.Address.Port);
        var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/v1/enrolments HTTP/1.1\r\nHost: door\r\nConnection: close\r\n{headers}\r\n"));

        using var reader = new StreamReader(stream, Encoding.ASCII);
        Assert.StartsWith(answer, await reader.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_headers_are_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Add("X-Large", new string('x', 20_000));

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, (await door.Http.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("101")]
    public async Task A_bad_idempotency_key_is_refused_before_anything_is_done(string kind)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/enrolments") { Content = new StringContent($$"""{"code":"x","publicKey":"{{Convert.ToBase64String(new byte[32])}}"}""", Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", kind.Length == 0 ? "" : new string('x', 101));

        await (await door.Http.SendAsync(request)).IsProblemAsync(HttpStatusCode.BadRequest, "idempotency-key-invalid");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, AuthenticationHeaderValue? key = null, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = key;
        return await door.Http.SendAsync(request);
    }
}
