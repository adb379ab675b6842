using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using BackupOnline.Agent.Door;
using BackupOnline.Agent.Enrolment;

namespace BackupOnline.Agent.Hosting;

/// <summary>The stream of offered work that this host holds open (hosts connect outwards only). Each item is the whole list.</summary>
internal sealed class WorkStream(DoorClient door, AgentConfiguration enrolment, TimeProvider time)
{
    /// <summary>The door says something every 15 s.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(45);

    /// <summary>Ends when the door ends the connection.</summary>
    /// <exception cref="IOException">The connection is lost.</exception>
    /// <exception cref="DoorRefusedException">The door does not take this host.</exception>
    public async IAsyncEnumerable<IReadOnlyList<OfferedWork>> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = new IdleLimitedStream(
            await door.OpenStreamAsync($"tenants/{enrolment.Tenant}/hosts/{enrolment.Host}/work", cancellation), LongestSilence, time);
        var parser = SseParser.Create(stream, static (kind, data) => kind == "work" ? Parse(data) : null);
        await foreach (var item in parser.EnumerateAsync(cancellation))
        {
            if (item.Data is { } list)
                yield return list;
        }
    }

    private static IReadOnlyList<OfferedWork>? Parse(ReadOnlySpan<byte> data)
    {
        try
        {
            return JsonSerializer.Deserialize(data, HostingJson.Default.IReadOnlyListOfferedWork);
        }
        catch (JsonException failure)
        {
            throw new IOException("the door's list of work cannot be read", failure);
        }
    }
}
