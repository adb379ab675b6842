using System.Text.Json;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Records;
using BackupOnline.Grains.Requests;

namespace BackupOnline.Grains.Tests.Records;

public sealed class OperationMemoryTests
{
    [Fact]
    public void The_last_fifty_operations_are_remembered_in_less_than_five_kilobytes()
    {
        var memory = new OperationMemory();
        for (var i = 0; i < 60; i++)
        {
            memory.Remember(Of(new string('x', 90) + i, "create"), $"c{new string('a', 20)}");
        }

        Assert.Null(memory.Find(Of(new string('x', 90) + 9, "create")));
        Assert.NotNull(memory.Find(Of(new string('x', 90) + 10, "create")));
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(memory).Length, 1, 6_000);
    }

    [Fact]
    public void The_same_id_is_remembered_once_with_what_it_made_last()
    {
        var memory = new OperationMemory();

        memory.Remember(Of("op", "open"), "first");
        memory.Remember(Of("op", "open"), "second");

        Assert.Equal("second", Assert.Single(memory.Items).Made);
    }

    [Fact]
    public void A_fingerprint_tells_verb_values_and_their_places_apart()
    {
        string[] prints =
        [
            Of("op", "a", "b").Fingerprint, Of("op", "a", "b", null).Fingerprint, Of("op", "a", null, "b").Fingerprint,
            Of("op", "ab").Fingerprint, Of("op", "b", "a").Fingerprint, Of("op", "a", 1).Fingerprint, Of("op", "a", "1").Fingerprint,
        ];

        Assert.Equal(prints.Length, prints.Distinct().Count());
        Assert.Equal(Of("op", "a", "b"), Of("op", "a", "b"));
    }

    [Fact]
    public void A_further_operation_keeps_to_the_bound_of_an_id()
    {
        var caller = new Caller { Operation = new string('x', 100), Actor = "silo" };

        Assert.Null(Check.Caller(Operation.Further(caller, "replace")));
        Assert.NotEqual(Operation.Further(caller, "a").Operation, Operation.Further(caller, "b").Operation);
    }

    // Not rows of a theory: attributes are UTF-8 and cannot hold them.
    [Fact]
    public void Halves_of_surrogate_pairs_are_no_text()
    {
        string[] odd = ["half a pair \ud800", "\udc00 the other half", "\ud800\ud800", "\ud800\ud800\udc00"];

        Assert.All(odd, text => Assert.NotNull(Check.Text(text, "label", 0, 100)));
    }

    [Fact]
    public void Whole_surrogate_pairs_are_text() => Assert.Null(Check.Text("\U0001F4BE", "label", 0, 100));

    private static Operation Of(string id, string verb, params object?[] request) => Operation.Of(new() { Operation = id, Actor = "silo" }, verb, request);
}
