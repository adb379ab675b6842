using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace BackupOnline.Client.Tests;

internal static class ProblemCheck
{
    /// <summary>Checks status, form and code, and that nothing of the inside shows; gives the problem.</summary>
    public static async Task<JsonElement> IsProblemAsync(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode} instead of {(int)status}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("detail").GetString()));
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("traceId").GetString()));
        foreach (var inside in (ReadOnlySpan<string>)["Exception", "BackupOnline.", "   at ", "System."])
            Assert.DoesNotContain(inside, text, StringComparison.Ordinal);
        return problem;
    }
}
