using System.Text.Json;
using BackupOnline.Client.Cluster;
using BackupOnline.Persistence.Storage;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Npgsql;

namespace BackupOnline.Client.Problems;

/// <summary>The last catch: turns what was thrown into a problem that shows nothing of the inside.</summary>
internal sealed partial class ExceptionProblems(ILogger<ExceptionProblems> log) : IExceptionHandler
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancellation)
    {
        if (exception is OperationCanceledException && http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }
        await ProblemFor(http, exception).ExecuteAsync(http);
        return true;
    }

    private ProblemHttpResult ProblemFor(HttpContext http, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException { InnerException: JsonException fault }:
                var accepts = http.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.Metadata.GetMetadata<IAcceptsMetadata>();
                return Problem.Invalid(JsonAdvice.For(fault, accepts?.RequestType));
            case BadHttpRequestException refused when refused.StatusCode == StatusCodes.Status400BadRequest:
                return Problem.Of(refused.StatusCode, "request-invalid", "The request's body or a parameter is missing or malformed. Send JSON where a body is wanted, and compare with /openapi/v1.json.");
            case BadHttpRequestException refused:
                var (code, detail) = StatusProblem.Of(refused.StatusCode);
                return Problem.Of(refused.StatusCode, code, detail);
            case ClusterUnavailableException:
                return Problem.Later(503, "cluster-unavailable", "The service's memory cannot be reached just now. Send the same request again, with the same Idempotency-Key.", RetryAfter);
            case StorageUnavailableException or NpgsqlException:
                LogStorageAway(exception.Message);
                return Problem.Later(503, "storage-unavailable", "The service's database cannot be reached just now. Send the same request again, with the same Idempotency-Key.", RetryAfter);
            default:
                var endpoint = http.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.DisplayName ?? "none";
                LogFailed(exception, http.Request.Method, endpoint);
                var (failed, advice) = StatusProblem.Of(StatusCodes.Status500InternalServerError);
                return Problem.Of(StatusCodes.Status500InternalServerError, failed, advice);
        }
    }

    [LoggerMessage(EventId = 1001, Level = LogLevel.Error, Message = "Request failed: {Method} {Endpoint}")]
    private partial void LogFailed(Exception exception, string method, string endpoint);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Warning, Message = "Storage away: {Reason}")]
    private partial void LogStorageAway(string reason);
}
