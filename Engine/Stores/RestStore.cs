using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Stores;

/// <summary>
/// A repository on a server that speaks restic's REST protocol, version 2 (and reads version 1 listings).
/// What may pass is tried again: connection loss, stalls, 408, 429, 5xx; see <see cref="RestStoreOptions"/>. 401, 403, 404, 416 and 507 are final.
/// </summary>
public sealed class RestStore : IRepositoryStore
{
    // Waiting for "100 Continue" costs a round trip, and lets a full or refusing server say so before the bytes are sent.
    private const int AskFirstFromBytes = 1 << 20;
    private const int MaxObjectBytes = 1 << 30;
    private const int MaxDetailChars = 200;

    private readonly RestTransport _transport;
    private readonly RetryLoop _retries;
    private readonly Func<int, CancellationToken, ValueTask>? _pace;
    private readonly Func<int, CancellationToken, ValueTask>? _paceReceiving;

    /// <exception cref="ArgumentException">An option is out of its bounds.</exception>
    /// <exception cref="RepositoryException">UnsafeAddress: http:// to another machine.</exception>
    public RestStore(RestAddress address, RestStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        options ??= new RestStoreOptions();
        options.Validate();
        address = address.Checked();
        Location = address.ToString();
        (_pace, _paceReceiving) = (options.Pace, options.PaceReceiving);
        _transport = new RestTransport(address, options);
        _retries = new RetryLoop(options, Location, () => _transport.HasAnswered);
    }

    public string Location { get; }

    public TimeSpan? ClockOffset => _transport.ClockOffset;

    public Task CreateAsync(CancellationToken cancellationToken = default) =>
        CallAsync("create the repository", HttpMethod.Post, "?create=true", null, async (answer, _) => await RequireAsync(answer, "create the repository", null), cancellationToken);

    public Task PutAsync(ObjectName name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        var operation = $"store {name}";
        return CallAsync(operation, HttpMethod.Post, name.ToString(), Prepare, async (answer, _) =>
        {
            // A server without our shelf's courtesy refuses what is there already, also when the answer to our own upload was lost.
            if (answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Conflict && await IsThereAsync(name, bytes, cancellationToken))
                return true;
            return await RequireAsync(answer, operation, name);
        }, cancellationToken);

        void Prepare(HttpRequestMessage request, StallWatch watch)
        {
            request.Content = new WatchedContent(bytes, watch, _pace);
            request.Headers.ExpectContinue = bytes.Length >= AskFirstFromBytes;
        }
    }

    public Task<byte[]> GetAsync(ObjectName name, CancellationToken cancellationToken = default)
    {
        var operation = $"read {name}";
        return CallAsync(operation, HttpMethod.Get, name.ToString(), null, async (answer, watch) =>
        {
            await RequireAsync(answer, operation, name);
            return await ReadBodyAsync(answer, watch);
        }, cancellationToken);
    }

    public Task ReadRangeAsync(ObjectName name, long offset, Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (buffer.IsEmpty)
            return Task.CompletedTask;
        var operation = $"read {name}";
        return CallAsync(operation, HttpMethod.Get, name.ToString(), Prepare, async (answer, watch) =>
        {
            if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
                throw StoreProblems.TooShort(name, offset + buffer.Length);
            await RequireAsync(answer, operation, name);

            // A server that does not know ranges sends the whole object.
            var skip = answer.StatusCode == HttpStatusCode.PartialContent ? 0 : offset;
            if (answer.Content.Headers.ContentLength < skip + buffer.Length)
                throw StoreProblems.TooShort(name, offset + buffer.Length);
            await FillAsync(answer, watch, skip, buffer);
            return true;
        }, cancellationToken);

        void Prepare(HttpRequestMessage request, StallWatch watch) => request.Headers.Range = new RangeHeaderValue(offset, offset + buffer.Length - 1);
    }

    public Task<long?> LengthAsync(ObjectName name, CancellationToken cancellationToken = default)
    {
        var operation = $"look for {name}";
        return CallAsync<long?>(operation, HttpMethod.Head, name.ToString(), null, async (answer, _) =>
        {
            if (answer.StatusCode == HttpStatusCode.NotFound)
                return null;
            await RequireAsync(answer, operation, name);
            return answer.Content.Headers.ContentLength
                ?? throw new RepositoryException(RepositoryProblem.Protocol, $"The server at {Location} does not tell the length of {name}. Use another server, or a newer version of it.");
        }, cancellationToken);
    }

    public async IAsyncEnumerable<StoredObject> ListAsync(ObjectKind kind, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (kind == ObjectKind.Config)
        {
            if (await LengthAsync(ObjectName.Config, cancellationToken) is { } length)
                yield return new StoredObject(ObjectName.Config, length);
            yield break;
        }

        var (json, isSized) = await ReadListingAsync(kind, cancellationToken);
        if (isSized)
        {
            foreach (var line in RestListing.ReadSized(json, kind, Location))
                yield return line;
            yield break;
        }

        foreach (var name in RestListing.ReadNames(json, kind, Location))
        {
            if (await LengthAsync(name, cancellationToken) is { } length)
                yield return new StoredObject(name, length);
        }
    }

    public Task DeleteAsync(ObjectName name, CancellationToken cancellationToken = default)
    {
        var operation = $"delete {name}";
        return CallAsync(operation, HttpMethod.Delete, name.ToString(), null, async (answer, _) =>
            answer.StatusCode == HttpStatusCode.NotFound || await RequireAsync(answer, operation, name), cancellationToken);
    }

    public void Dispose() => _transport.Dispose();

    private async Task FillAsync(HttpResponseMessage answer, StallWatch watch, long skip, Memory<byte> buffer)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(watch.Token);
        while (skip > 0)
            skip -= await ReadPieceAsync(body, watch, buffer[..(int)Math.Min(skip, buffer.Length)]);
        while (buffer.Length > 0)
            buffer = buffer[(await ReadPieceAsync(body, watch, buffer))..];
    }

    private async ValueTask<int> ReadPieceAsync(Stream body, StallWatch watch, Memory<byte> buffer)
    {
        var piece = _paceReceiving is null ? buffer : buffer[..Math.Min(buffer.Length, WatchedContent.PieceBytes)];
        var read = await body.ReadAsync(piece, watch.Token);
        if (read == 0)
            throw new IOException("The answer ended early.");
        watch.Moved();
        if (_paceReceiving is null)
            return read;
        await _paceReceiving(read, watch.Token);

        // To wait for one's turn is not a stall.
        watch.Moved();
        return read;
    }

    private Task<(byte[] Json, bool IsSized)> ReadListingAsync(ObjectKind kind, CancellationToken cancellationToken)
    {
        var folder = ObjectName.Folder(kind);
        return CallAsync($"list {folder}", HttpMethod.Get, folder + "/", (request, _) => request.Headers.Accept.ParseAdd(RestListing.Version2), async (answer, watch) =>
        {
            if (answer.StatusCode == HttpStatusCode.NotFound)
                return ("[]"u8.ToArray(), true);
            await RequireAsync(answer, $"list {folder}", null);
            return (await ReadBodyAsync(answer, watch), answer.Content.Headers.ContentType?.MediaType == RestListing.Version2);
        }, cancellationToken);
    }

    private async Task<byte[]> ReadBodyAsync(HttpResponseMessage answer, StallWatch watch)
    {
        if (answer.Content.Headers.ContentLength is not { } length)
        {
            // Only listings of other servers come in pieces of unknown sum.
            using var copy = new MemoryStream();
            await answer.Content.CopyToAsync(copy, watch.Token);
            return copy.ToArray();
        }

        if (length > MaxObjectBytes)
            throw new RepositoryException(
                RepositoryProblem.Protocol, $"The server at {Location} answers with {length} bytes; no object of a repository is larger than {MaxObjectBytes}. Check the address.");
        var body = new byte[length];
        await FillAsync(answer, watch, 0, body);
        return body;
    }

    private async Task<bool> IsThereAsync(ObjectName name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (await LengthAsync(name, cancellationToken) != bytes.Length)
            return false;
        if (name.Kind != ObjectKind.Config)
            return true;
        return (await GetAsync(name, cancellationToken)).AsSpan().SequenceEqual(bytes.Span) ? true : throw StoreProblems.ConfigExists(Location);
    }

    private async Task<bool> RequireAsync(HttpResponseMessage answer, string operation, ObjectName? name)
    {
        if (answer.IsSuccessStatusCode)
            return true;
        var detail = answer.Content.Headers.ContentType?.MediaType == "text/plain" && answer.Content.Headers.ContentLength <= MaxDetailChars
            ? (await answer.Content.ReadAsStringAsync()).Trim()
            : "";
        var code = answer.Headers.TryGetValues(RefusalCode.Header, out var codes) ? codes.FirstOrDefault() : null;
        throw RestAnswers.Refused(answer.StatusCode, operation, name, Location, code, detail);
    }

    private Task<T> CallAsync<T>(
        string operation,
        HttpMethod method,
        string path,
        Action<HttpRequestMessage, StallWatch>? prepare,
        Func<HttpResponseMessage, StallWatch, Task<T>> take,
        CancellationToken cancellationToken) =>
        _retries.RunAsync(operation, token => _transport.SendAsync(method, path, prepare, take, token), cancellationToken);
}
