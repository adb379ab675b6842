using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Stores;

/// <summary>One attempt over HTTP: credential, stall watch, and the sorting of failures into transient and permanent.</summary>
internal sealed class RestTransport : IDisposable
{
    private readonly RestStoreOptions _options;
    private readonly HttpClient _client;
    private readonly AuthenticationHeaderValue? _credential;
    private readonly string _location;
    private bool _hasAnswered;
    private long _clockOffsetTicks = long.MinValue;

    public RestTransport(RestAddress address, RestStoreOptions options)
    {
        _options = options;
        _location = address.ToString();
        var (user, password) = (options.Username ?? address.Username, options.Password ?? address.Password);
        if (user is not null)
            _credential = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        _client = new HttpClient(NewHandler(address, options)) { Timeout = Timeout.InfiniteTimeSpan, BaseAddress = address.Url };
    }

    /// <summary>The server's clock minus ours, from its last Date header; good to about a second.</summary>
    public TimeSpan? ClockOffset
    {
        get
        {
            var ticks = Interlocked.Read(ref _clockOffsetTicks);
            return ticks == long.MinValue ? null : TimeSpan.FromTicks(ticks);
        }
    }

    /// <summary>Whether a server has answered at all, if only with an error: then the address is right, and patience pays.</summary>
    public bool HasAnswered => Volatile.Read(ref _hasAnswered);

    /// <summary>Sends, and lets <paramref name="take"/> read the answer under the same watch. Transient failures come out as <see cref="TransientStoreException"/>.</summary>
    public async Task<T> SendAsync<T>(
        HttpMethod method, string path, Action<HttpRequestMessage, StallWatch>? prepare, Func<HttpResponseMessage, StallWatch, Task<T>> take, CancellationToken cancellationToken)
    {
        using var watch = new StallWatch(_options.StallTimeout, _options.Time, cancellationToken);
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = _credential;
        prepare?.Invoke(request, watch);
        try
        {
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, watch.Token);
            watch.Moved();
            Volatile.Write(ref _hasAnswered, true);
            if (answer.Headers.Date is { } date)
                Interlocked.Exchange(ref _clockOffsetTicks, (date - _options.Time.GetUtcNow()).Ticks);
            if (RestAnswers.IsTransient(answer.StatusCode))
                throw RestAnswers.Transient(answer, _options.Time);
            return await take(answer, watch);
        }
        catch (HttpRequestException e) when (e.InnerException is AuthenticationException)
        {
            throw new RepositoryException(
                RepositoryProblem.UnsafeAddress,
                $"The certificate of {_location} is not trusted: {e.InnerException.Message} Check the address, or name the provider's certificate authority with --cacert.",
                e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new TransientStoreException(Reason(e), null, e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // Not by the caller: the watch, or the handler's own limit for connecting, which has no exception of its own.
            throw new TransientStoreException(watch.HasStalled ? $"nothing moved for {_options.StallTimeout.TotalSeconds:0} s." : $"no connection within {_options.ConnectTimeout.TotalSeconds:0} s.", null, e);
        }
    }

    public void Dispose() => _client.Dispose();

    private static SocketsHttpHandler NewHandler(RestAddress address, RestStoreOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // The credential goes to the named server alone.
            UseCookies = false,
            UseProxy = !RestAddress.IsLoopback(address.Url),
            ConnectTimeout = options.ConnectTimeout,
            Expect100ContinueTimeout = TimeSpan.FromSeconds(2),
            MaxConnectionsPerServer = options.MaxConnections,
            PooledConnectionLifetime = TimeSpan.FromMinutes(15), // A server that moved is found again.
        };
        if (options.CaFile is not null)
        {
            var trusted = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            trusted.CustomTrustStore.ImportFromPemFile(options.CaFile);
            handler.SslOptions.CertificateChainPolicy = trusted;
        }

        return handler;
    }

    private static string Reason(Exception e) => e is HttpRequestException { HttpRequestError: var error }
        ? error switch
        {
            HttpRequestError.NameResolutionError => "its name is not known (DNS).",
            HttpRequestError.ConnectionError => $"no connection ({e.InnerException?.Message ?? e.Message}).",
            HttpRequestError.SecureConnectionError => "the encrypted connection could not be set up.",
            _ => "the connection was lost.",
        }
        : "the connection was lost.";
}
