using BackupOnline.Agent.Hypervisors.Nbd;

namespace BackupOnline.Agent.Tests.Hypervisors.Nbd;

/// <summary>A server that cuts, lies or falls silent is an error, never wrong bytes.</summary>
public sealed class LyingServerTests
{
    private const int Asked = 8192;

    public static TheoryData<string> Reads => [.. s_reads.Keys];

    private static readonly Dictionary<string, Func<ulong, byte[]>> s_reads = new(StringComparer.Ordinal)
    {
        ["closed without an answer"] = _ => [],
        ["cut off within a chunk"] = cookie => ScriptedNbdServer.Data(cookie, 0, Asked, last: true)[..100],
        ["too little"] = cookie => ScriptedNbdServer.Data(cookie, 0, 4096, last: true),
        ["too much"] = cookie => ScriptedNbdServer.Data(cookie, 0, Asked + 512, last: true),
        ["before what was asked"] = cookie => ScriptedNbdServer.Data(cookie, -4096, 4096, last: true),
        ["behind what was asked"] = cookie => ScriptedNbdServer.Data(cookie, Asked, 4096, last: true),
        ["one half twice"] = cookie => [.. ScriptedNbdServer.Data(cookie, 0, 4096, last: false), .. ScriptedNbdServer.Data(cookie, 0, 4096, last: true)],
        ["a hole that overlaps"] = cookie => [.. ScriptedNbdServer.Data(cookie, 0, 4096, last: false), .. ScriptedNbdServer.Hole(cookie, 2048, 4096, last: true)],
        ["a hole without end"] = cookie => ScriptedNbdServer.Hole(cookie, 0, uint.MaxValue, last: true),
        ["another request's answer"] = cookie => ScriptedNbdServer.Data(cookie + 1, 0, Asked, last: true),
        ["a chunk that was not asked for"] = cookie => ScriptedNbdServer.Status(cookie, last: true, Asked, 0),
        ["success without data"] = cookie => ScriptedNbdServer.Chunk(cookie, NbdChunk.None, last: true),
        ["no reply at all"] = _ => [.. Enumerable.Repeat((byte)'x', 64)],
        ["an error whose lengths disagree"] = cookie => ScriptedNbdServer.Chunk(cookie, NbdChunk.Error, last: true, 0, 0, 0, 5, 0, 9, 1, 2),
    };

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task A_read_that_is_not_exactly_what_was_asked_fails(string lie)
    {
        await using var server = new ScriptedNbdServer(s_reads[lie]);
        await using var connection = await server.ConnectAsync();

        await Assert.ThrowsAsync<NbdException>(async () => await connection.ReadAsync(0, new byte[Asked], CancellationToken.None));
        var later = await Assert.ThrowsAsync<NbdException>(async () => await connection.ReadAsync(0, new byte[Asked], CancellationToken.None));

        Assert.Equal("The connection to the NBD server ended earlier.", later.Message);
    }

    [Fact]
    public async Task Chunks_in_any_order_are_put_in_their_places()
    {
        await using var server = new ScriptedNbdServer(cookie => [.. ScriptedNbdServer.Data(cookie, 4096, 4096, last: false), .. ScriptedNbdServer.Hole(cookie, 0, 4096, last: true)]);
        await using var connection = await server.ConnectAsync();
        var buffer = new byte[Asked];
        Array.Fill(buffer, (byte)1);

        await connection.ReadAsync(0, buffer, CancellationToken.None);

        Assert.All(buffer[..4096], one => Assert.Equal(0, one));
        Assert.All(buffer[4096..], one => Assert.Equal(0x5A, one));
    }

    [Fact]
    public async Task What_the_server_says_of_an_error_is_told()
    {
        await using var server = new ScriptedNbdServer(cookie => ScriptedNbdServer.Error(cookie, NbdError.InputOutput, "bad sector"));
        await using var connection = await server.ConnectAsync();

        var refused = await Assert.ThrowsAsync<NbdException>(async () => await connection.ReadAsync(0, new byte[512], CancellationToken.None));

        Assert.Equal((NbdError.InputOutput, "The NBD server answered InputOutput: bad sector."), (refused.Refusal, refused.Message));
    }

    [Fact]
    public async Task Silence_is_an_error_after_the_patience()
    {
        await using var server = new ScriptedNbdServer(_ => [], staysSilent: true);
        await using var connection = await server.ConnectAsync(TimeSpan.FromSeconds(3));

        var silent = await Assert.ThrowsAsync<NbdException>(async () => await connection.ReadAsync(0, new byte[512], CancellationToken.None));

        Assert.Equal("The NBD server said nothing for 3 s.", silent.Message);
    }

    [Fact]
    public async Task A_context_that_is_not_granted_is_an_error_at_once()
    {
        await using var server = new ScriptedNbdServer(_ => [], grants: false);

        var refused = await Assert.ThrowsAsync<NbdException>(() => server.ConnectAsync(null, NbdContext.Allocation));

        Assert.Equal("The NBD server does not offer base:allocation for 'disk'.", refused.Message);
    }

    [Theory]
    [InlineData("no extent")]
    [InlineData("no context")]
    [InlineData("an extent of no length")]
    [InlineData("more extents than asked")]
    public async Task A_status_that_leaves_something_unsaid_or_goes_too_far_fails(string lie)
    {
        await using var server = new ScriptedNbdServer(cookie => lie switch
        {
            "no extent" => ScriptedNbdServer.Status(cookie, last: true),
            "no context" => ScriptedNbdServer.Chunk(cookie, NbdChunk.None, last: true),
            "an extent of no length" => ScriptedNbdServer.Status(cookie, last: true, 0, 1),
            _ => ScriptedNbdServer.Status(cookie, last: true, Asked, 1, 4096, 0),
        });
        await using var connection = await server.ConnectAsync(null, NbdContext.Allocation);

        await Assert.ThrowsAsync<NbdException>(async () => await connection.StatusAsync(0, Asked, CancellationToken.None));
    }

    [Fact]
    public async Task An_extent_is_cut_where_the_question_ended()
    {
        await using var server = new ScriptedNbdServer(cookie => ScriptedNbdServer.Status(cookie, last: true, 4096, 3, 1 << 19, 0));
        await using var connection = await server.ConnectAsync(null, NbdContext.Allocation);

        var status = await connection.StatusAsync(0, Asked, CancellationToken.None);

        Assert.Equal([new NbdExtent(0, 4096, 3), new NbdExtent(4096, 4096, 0)], status[NbdContext.Allocation]);
    }

    [Fact]
    public async Task What_is_no_NBD_server_is_told_so()
    {
        var nobody = NbdAddress.Unix(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), "disk");

        var refused = await Assert.ThrowsAsync<NbdException>(() => NbdConnection.OpenAsync(nobody, [], TimeSpan.FromMinutes(1), TimeProvider.System, CancellationToken.None));

        Assert.StartsWith("No NBD server answers at ", refused.Message, StringComparison.Ordinal);
    }
}
