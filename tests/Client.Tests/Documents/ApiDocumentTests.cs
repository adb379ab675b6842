using System.Text.Json;
using System.Text.Json.Nodes;
using BackupOnline.Client.Tests.Lonely;

namespace BackupOnline.Client.Tests.Documents;

public sealed class ApiDocumentTests(LonelyDoor door)
{
    private static readonly JsonSerializerOptions Form = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_committed_copy_equals_what_the_door_serves()
    {
        var copy = Path.Combine(Repository.Root, "docs", "openapi.json");
        var served = JsonNode.Parse(await door.Http.GetStringAsync("/openapi/v1.json"))!.ToJsonString(Form) + "\n";
        // To renew the copy after a wanted change: BACKUPONLINE_WRITE_OPENAPI=1 dotnet test --project tests/Client.Tests
        if (Environment.GetEnvironmentVariable("BACKUPONLINE_WRITE_OPENAPI") == "1")
            await File.WriteAllTextAsync(copy, served);

        Assert.Equal(await File.ReadAllTextAsync(copy), served);
    }

    [Fact]
    public async Task Every_operation_has_a_summary_a_name_and_its_refusals()
    {
        var document = JsonNode.Parse(await door.Http.GetStringAsync("/openapi/v1.json"))!;

        Assert.StartsWith("3.1", (string?)document["openapi"], StringComparison.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, methods) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in methods!.AsObject())
            {
                var where = $"{method} {path}";
                Assert.False(string.IsNullOrWhiteSpace((string?)operation!["summary"]), where);
                Assert.True(names.Add((string)operation["operationId"]!), where);
                if (!path.StartsWith("/api/", StringComparison.Ordinal))
                    continue;
                var responses = operation["responses"]!.AsObject();
                foreach (var status in (ReadOnlySpan<string>)["400", "401", "404", "503"])
                    Assert.True(responses[status]?["content"]?["application/problem+json"] is not null, $"{where}: {status}");
                if (path is not ("/api/v1/enrolments" or "/api/v1/webhooks/payments"))
                    Assert.True(operation["security"] is JsonArray { Count: 1 }, $"{where}: security");
            }
        }
        Assert.True(names.Count >= 35, $"{names.Count} operations");
    }

    [Fact]
    public async Task Every_path_of_the_written_contract_is_served()
    {
        var paths = JsonNode.Parse(await door.Http.GetStringAsync("/openapi/v1.json"))!["paths"]!.AsObject()
            .Select(path => Brace.Replace(path.Key, "{}")).ToHashSet(StringComparer.Ordinal);
        var table = (await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "docs", "http-api.md"))).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1);

        foreach (var line in table)
        {
            var cell = line.Split('|')[1];
            var first = Path_.Matches(cell).Select(match => match.Groups[1].Value).First();
            Assert.Contains($"/api/v1{Brace.Replace(first, "{}")}", paths);
        }
    }

    private static readonly System.Text.RegularExpressions.Regex Brace = new(@"\{[^}]*\}");
    private static readonly System.Text.RegularExpressions.Regex Path_ = new("`([^`]+)`");
}
