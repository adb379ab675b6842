using System.Globalization;
using System.Text;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;

namespace BackupOnline.Agent.Profiles;

/// <summary>
/// Tells a monitoring service that a run began or ended: POST, with <c>rid</c> in the query so that both belong together, as healthchecks services take it.
/// Never decides about the run: who cannot be told is warned of.
/// </summary>
internal sealed class Pinger(ProfilePings pings, Screen screen) : IDisposable
{
    private const int Attempts = 3;
    private readonly string _run = Guid.NewGuid().ToString();
    private readonly HttpClient _client = new(TrustedCertificates.Handler(null)) { Timeout = pings.Timeout };

    public Task StartedAsync(CancellationToken cancellation) => TellAsync(pings.Start, "", cancellation);

    /// <param name="exitCode">0: success; any other: fail.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task EndedAsync(int exitCode, CancellationToken cancellation) =>
        TellAsync(exitCode == 0 ? pings.Success : pings.Fail, string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}"), cancellation);

    public void Dispose() => _client.Dispose();

    private async Task TellAsync(Uri? address, string text, CancellationToken cancellation)
    {
        if (address is null)
            return;
        var url = new UriBuilder(address);
        url.Query = url.Query.Length > 1 ? $"{url.Query[1..]}&rid={_run}" : $"rid={_run}";
        for (var attempt = 1; ; attempt++)
        {
            string reason;
            try
            {
                using var content = new StringContent(text, Encoding.UTF8, "text/plain");
                using var answer = await _client.PostAsync(url.Uri, content, cancellation);
                if (answer.IsSuccessStatusCode)
                    return;
                reason = string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)answer.StatusCode}");
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
            {
                reason = failure is HttpRequestException ? failure.Message : "timeout";
            }

            if (attempt == Attempts)
            {
                // The path of such an address is its secret.
                screen.Warn(ProfileSentences.PingFailed, address.Host, reason);
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(attempt), screen.Surroundings.Time, cancellation);
        }
    }
}
