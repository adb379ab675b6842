using System.Net;
using System.Security.Cryptography;
using BackupOnline.Grains.Interfaces.Availability;
using BackupOnline.Persistence.Availability;
using Microsoft.Extensions.Options;

namespace BackupOnline.Client.Probing;

/// <summary>One probe of one vault: a random small object is written through the shelf, read back, compared and deleted (design decision 22).</summary>
internal sealed class ProbeVisit(ProbeCredentials credentials, IHttpClientFactory clients, IOptions<ProbeOptions> options, TimeProvider time)
{
    public const string Client = "probe";

    private const int Bytes = 4096;

    private const int MostDetail = 200;

    public async Task<ProbeResult> RunAsync(ProbeTarget target, DateTimeOffset minute, CancellationToken stopping)
    {
        var since = time.GetTimestamp();
        using var late = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping);
        var (outcome, detail) = await JudgeAsync(target, late, either.Token, stopping);
        return new()
        {
            Vault = target.Vault.Vault,
            Minute = minute,
            Outcome = outcome,
            Milliseconds = (int)Math.Clamp(time.GetElapsedTime(since).TotalMilliseconds, 0, 600_000),
            Detail = detail is null ? null : Plain(detail),
        };
    }

    private async Task<(ProbeOutcome Outcome, string? Detail)> JudgeAsync(ProbeTarget target, CancellationTokenSource late, CancellationToken either, CancellationToken stopping)
    {
        try
        {
            return await VisitAsync(target, either);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception) when (late.IsCancellationRequested)
        {
            return (ProbeOutcome.Timeout, $"Not done within {options.Value.Timeout.TotalSeconds:0} s.");
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            return (ProbeOutcome.Tls, fault.InnerException?.Message ?? fault.Message);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            // The handler's own bound for connecting cancels too.
            return (ProbeOutcome.Connect, fault.Message);
        }
    }

    private async Task<(ProbeOutcome Outcome, string? Detail)> VisitAsync(ProbeTarget target, CancellationToken cancellation)
    {
        if (target.StorageUrl is not { } url)
            return (ProbeOutcome.Connect, $"Node {target.Node} has not announced its address.");

        var bytes = RandomNumberGenerator.GetBytes(Bytes);
        var address = new Uri($"{url.TrimEnd('/')}/{target.Vault.Tenant}/{target.Vault.Vault}/.probe/{Convert.ToHexStringLower(SHA256.HashData(bytes))}");
        var (credential, missing) = await CredentialAsync(target, cancellation);
        if (credential is null)
            return (ProbeOutcome.Credential, missing);

        var written = await SendAsync(HttpMethod.Post, address, credential, bytes, cancellation);
        if (written.Status == HttpStatusCode.Unauthorized)
        {
            // The vault's state may be an older one: once more with a new credential.
            credentials.Drop(target.Vault, credential);
            (credential, missing) = await CredentialAsync(target, cancellation);
            if (credential is null)
                return (ProbeOutcome.Credential, missing);
            written = await SendAsync(HttpMethod.Post, address, credential, bytes, cancellation);
        }

        if (Fault("Writing", written) is { } unwritten)
            return unwritten;
        var read = await SendAsync(HttpMethod.Get, address, credential, null, cancellation);
        if (Fault("Reading", read) is { } unread)
            return unread;
        var isSame = bytes.AsSpan().SequenceEqual(read.Body);
        var deleted = await SendAsync(HttpMethod.Delete, address, credential, null, cancellation);
        return isSame
            ? Fault("Deleting", deleted) ?? (ProbeOutcome.Good, null)
            : (ProbeOutcome.WrongBytes, $"Wrote {bytes.Length} bytes, read {read.Body.Length} others.");
    }

    private async Task<(ProbeCredential? Credential, string? Missing)> CredentialAsync(ProbeTarget target, CancellationToken cancellation)
    {
        try
        {
            return (await credentials.OfAsync(target.Vault, cancellation), "The vault's grain refuses a credential.");
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return (null, $"No silo gives a credential: {fault.GetType().Name}.");
        }
    }

    private async Task<(HttpStatusCode Status, string? Reason, byte[] Body)> SendAsync(
        HttpMethod method, Uri address, ProbeCredential credential, byte[]? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = credential.Header;
        if (body is not null)
            request.Content = new ByteArrayContent(body);
        using var client = clients.CreateClient(Client);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);

        // One byte more than was written tells of an answer that is too long; what is left goes with the connection.
        var answer = new byte[Bytes + 1];
        var read = await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, cancellation);
        return (response.StatusCode, response.ReasonPhrase, answer[..read]);
    }

    private static (ProbeOutcome Outcome, string? Detail)? Fault(string doing, (HttpStatusCode Status, string? Reason, byte[] Body) answer) => answer.Status switch
    {
        HttpStatusCode.OK => null,
        HttpStatusCode.Forbidden => (ProbeOutcome.Suspended, null),
        HttpStatusCode.Unauthorized => (ProbeOutcome.Credential, $"{doing}: 401."),
        HttpStatusCode.InsufficientStorage => (ProbeOutcome.DiskFull, $"{doing}: 507 {answer.Reason}"),
        var status => (ProbeOutcome.Status, $"{doing}: {(int)status} {answer.Reason}"),
    };

    private static string Plain(string text)
    {
        var plain = string.Concat(text.Where(letter => letter is >= ' ' and <= '~'));
        return plain.Length <= MostDetail ? plain : plain[..MostDetail];
    }
}
