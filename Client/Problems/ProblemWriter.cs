using System.Diagnostics;
using System.Globalization;
using System.Net.Mime;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace BackupOnline.Client.Problems;

/// <summary>
/// Writes every problem in one form, whoever made it: an endpoint, a status without a body (404, 405, 415) or the exception handler.
/// It ignores Accept: a caller that cannot read problems still gets the status, and a person the sentence.
/// </summary>
internal sealed class ProblemWriter(IOptions<JsonOptions> json) : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (http, problem) = (context.HttpContext, context.ProblemDetails);
        var status = problem.Status ??= http.Response.StatusCode;
        if (!problem.Extensions.ContainsKey(Problem.CodeMember))
        {
            var (code, detail) = StatusProblem.Of(status);
            (problem.Extensions[Problem.CodeMember], problem.Detail) = (code, detail);
        }
        problem.Type = "about:blank";
        problem.Title = ReasonPhrases.GetReasonPhrase(status);
        problem.Extensions[Problem.TraceMember] = Activity.Current?.Id ?? http.TraceIdentifier;
        http.Response.StatusCode = status;
        if (problem.Extensions.TryGetValue(Problem.RetryAfterMember, out var after) && after is long seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);

        return new(http.Response.WriteAsJsonAsync(problem, json.Value.SerializerOptions, MediaTypeNames.Application.ProblemJson, http.RequestAborted));
    }
}
