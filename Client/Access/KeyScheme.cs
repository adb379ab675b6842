using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using BackupOnline.Client.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace BackupOnline.Client.Access;

/// <summary>
/// Keys in the Authorization header: <c>Bearer</c> everywhere, and <c>Basic</c> with the key as password where a browser has to ask a person (Dashboard).
/// Missing, malformed, wrong and revoked keys get the same answer, those that were shown at the same time too (<see cref="RefusalPace"/>).
/// </summary>
internal sealed class KeyScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, KeyJudge judge, GuessGuard guard)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    public const string Bearer = nameof(Bearer);
    public const string Basic = nameof(Basic);

    private static readonly object WaitItem = new();

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header) || !Scheme.Name.Equals(header.Scheme, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();

        var key = PresentedKey.Parse(Scheme.Name == Basic ? PasswordOf(header.Parameter) : header.Parameter);
        var visitor = key is null ? null : judge.Recall(key);
        if (visitor is null)
        {
            (var wait, visitor) = await guard.TryAsync(Context, async () => key is null ? null : await judge.JudgeAsync(key, Context.RequestAborted));
            if (wait > TimeSpan.Zero)
            {
                Context.Items[WaitItem] = wait;
                return AuthenticateResult.Fail("Too many wrong keys.");
            }
        }
        if (visitor is null)
            return AuthenticateResult.Fail("Unknown key.");
        Context.Features.Set(visitor);
        return AuthenticateResult.Success(new AuthenticationTicket(visitor.ToPrincipal(Scheme.Name), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Response.HasStarted)
            return Task.CompletedTask;
        if (Context.Items[WaitItem] is TimeSpan wait)
            return Problem.Later(StatusCodes.Status429TooManyRequests, "too-many-wrong-keys", "Too many wrong keys came from this address. Wait, then send a good one.", wait).ExecuteAsync(Context);
        Response.Headers.Append("WWW-Authenticate", Scheme.Name == Basic ? "Basic realm=\"Backup OnLine operators\", charset=\"UTF-8\"" : "Bearer realm=\"Backup OnLine\"");
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private static string? PasswordOf(string? parameter)
    {
        try
        {
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(parameter ?? ""));
            var colon = pair.IndexOf(':', StringComparison.Ordinal);
            return colon < 0 ? null : pair[(colon + 1)..];
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
