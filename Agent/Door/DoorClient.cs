using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BackupOnline.Agent.Door;

/// <summary>Speaks to the door. Never throws for what the door or the network does: the caller decides what an answer means.</summary>
internal sealed class DoorClient : IDisposable
{
    // More than any answer of the door that an agent asks for.
    private const int MostAnswerBytes = 1 << 20;

    private readonly HttpClient _http;

    /// <param name="server">The door, ending with a slash.</param>
    /// <param name="key">The host's key, or null before enrolment.</param>
    /// <param name="handler">Owned by this client.</param>
    /// <param name="timeout">For one whole request.</param>
    public DoorClient(Uri server, string? key, HttpMessageHandler handler, TimeSpan timeout)
    {
        _http = new HttpClient(handler) { BaseAddress = new Uri(server, "api/v1/"), Timeout = timeout, MaxResponseContentBufferSize = MostAnswerBytes };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("backuponline", Product.Version));
        if (key is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public async Task<DoorAnswer<TAnswer>> PostAsync<TBody, TAnswer>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType, string? idempotencyKey, CancellationToken cancellation)
        where TAnswer : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, bodyType));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await SendAsync(request, answerType, cancellation);
    }

    public async Task<DoorAnswer<TAnswer>> PutAsync<TBody, TAnswer>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellation)
        where TAnswer : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path);
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, bodyType));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await SendAsync(request, answerType, cancellation);
    }

    /// <summary>A stream of server-sent events; the time limit holds until it begins.</summary>
    /// <exception cref="IOException">The door cannot be reached, or asks to come back later.</exception>
    /// <exception cref="DoorRefusedException">The door says no.</exception>
    public async Task<Stream> OpenStreamAsync(string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException failure)
        {
            throw new IOException(failure.Message, failure);
        }
        catch (OperationCanceledException failure) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException($"no answer within {_http.Timeout.TotalSeconds:F0} s", failure);
        }

        if (response.IsSuccessStatusCode)
            return await response.Content.ReadAsStreamAsync(cancellation);
        using (response)
        {
            var answer = await ReadAsync(response, DoorJson.Default.DoorProblem, cancellation);
            throw answer.Refusal is { } problem ? new DoorRefusedException(problem) : new IOException(answer.Unreachable ?? "no answer");
        }
    }

    public async Task<DoorAnswer<TAnswer>> GetAsync<TAnswer>(string path, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellation)
        where TAnswer : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, answerType, cancellation);
    }

    /// <summary>The door's clock and health; null Date when it does not tell.</summary>
    public async Task<DoorAnswer<string>> HealthAsync(CancellationToken cancellation)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri("../../health/ready", UriKind.Relative), cancellation);
            return new DoorAnswer<string>
            {
                Status = response.StatusCode,
                Date = response.Headers.Date,
                Value = response.IsSuccessStatusCode ? "ready" : null,
                Unreachable = response.IsSuccessStatusCode ? null : $"HTTP {(int)response.StatusCode}",
            };
        }
        catch (HttpRequestException failure)
        {
            return new DoorAnswer<string> { Unreachable = failure.Message };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new DoorAnswer<string> { Unreachable = $"no answer within {_http.Timeout.TotalSeconds:F0} s" };
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<DoorAnswer<TAnswer>> SendAsync<TAnswer>(HttpRequestMessage request, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellation)
        where TAnswer : class
    {
        try
        {
            using var response = await _http.SendAsync(request, cancellation);
            return await ReadAsync(response, answerType, cancellation);
        }
        catch (HttpRequestException failure)
        {
            return new DoorAnswer<TAnswer> { Unreachable = failure.Message };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new DoorAnswer<TAnswer> { Unreachable = $"no answer within {_http.Timeout.TotalSeconds:F0} s" };
        }
    }

    private static async Task<DoorAnswer<T>> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        var answer = new DoorAnswer<T> { Status = response.StatusCode, Date = response.Headers.Date };
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellation);
        if (response.IsSuccessStatusCode)
            return answer with { Value = Parse(bytes, type) };
        if (response.StatusCode >= HttpStatusCode.InternalServerError || response.StatusCode == HttpStatusCode.TooManyRequests)
            return answer with { Unreachable = $"HTTP {(int)response.StatusCode}" };
        return answer with { Refusal = Parse(bytes, DoorJson.Default.DoorProblem) ?? new DoorProblem((int)response.StatusCode, null, null, null) };
    }

    private static T? Parse<T>(byte[] bytes, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
