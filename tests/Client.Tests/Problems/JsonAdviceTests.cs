using System.Text.Json;
using BackupOnline.Client.Answers;
using BackupOnline.Client.Hosts;
using BackupOnline.Client.Problems;
using BackupOnline.Client.Tenants;

namespace BackupOnline.Client.Tests.Problems;

public sealed class JsonAdviceTests
{
    [Theory]
    [InlineData("""{"name":"acme"}""", "displayName", "is required.")]
    [InlineData("""{"name":"acme","displayName":"A","colour":1}""", "colour", "is not known here. Known are: name, displayName, quotaBytes.")]
    [InlineData("""{"name":"acme","name":"b","displayName":"A"}""", "name", "is there twice.")]
    [InlineData("""{"name":"acme","displayName":7}""", "displayName", "must be a text.")]
    [InlineData("""{"name":"acme","displayName":null}""", "displayName", "must be a text.")]
    [InlineData("""{"name":"acme","displayName":"A","quotaBytes":"7"}""", "quotaBytes", "must be a whole number.")]
    [InlineData("""{"name":"acme","displayName":"A","quotaBytes":1.5}""", "quotaBytes", "must be a whole number.")]
    [InlineData("""{"name":"acme",""", "body", "is not JSON of the wanted form (line 1, byte 15 of it).")]
    [InlineData("""{"Name":"acme","displayName":"A"}""", "Name", "is not known here. Known are: name, displayName, quotaBytes.")]
    public void Every_complaint_names_the_member_and_what_to_do(string body, string field, string advice) =>
        Assert.Equal([new FieldFault(field, advice)], Advice<CreateTenantBody>(body));

    [Fact]
    public void An_unknown_word_is_answered_with_the_known_ones() =>
        Assert.Equal([new FieldFault("kind", "must be one of: backup, restore, check, vmBackup, vmRestore, vmAudit, vmBootTest.")], Advice<OpenJobBody>("""{"kind":"erase","vault":"main"}"""));

    [Fact]
    public void A_number_is_no_word() =>
        Assert.Equal([new FieldFault("kind", "must be one of: backup, restore, check, vmBackup, vmRestore, vmAudit, vmBootTest.")], Advice<OpenJobBody>("""{"kind":1,"vault":"main"}"""));

    [Fact]
    public void Several_missing_members_are_named_together() =>
        Assert.Equal(["name", "displayName"], Advice<CreateTenantBody>("{}").Select(fault => fault.Field));

    private static IReadOnlyList<FieldFault> Advice<T>(string body)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        ApiJson.Configure(options);
        var fault = Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<T>(body, options));
        return JsonAdvice.For(fault, typeof(T));
    }
}
