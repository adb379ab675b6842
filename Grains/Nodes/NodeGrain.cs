using BackupOnline.Grains.Interfaces.Names;
using BackupOnline.Grains.Interfaces.Nodes;
using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Records;
using BackupOnline.Grains.Requests;
using BackupOnline.Persistence.Storage;
using Microsoft.Extensions.Logging;

namespace BackupOnline.Grains.Nodes;

/// <summary>The node itself. The queue of its worker stands in a file of its own.</summary>
internal sealed partial class NodeGrain(
    IGrainContext context,
    [PersistentState(StateNames.Node, RecordedStorage.Name)] IPersistentState<NodeState> store,
    TimeProvider clock,
    ILogger<NodeGrain> logger) : RecordedGrain<NodeState, NodeView>(store, clock), INodeGrain
{
    /// <summary>Beats come every 30 s; more than this is not written.</summary>
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMinutes(1);

    private DateTimeOffset writtenAt;

    private NodeKey Key { get; } = NodeKey.Parse(context.GrainId.Key.ToString()!);

    public async Task<Reply<NodeView>> RegisterAsync(RegisterNode request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? CheckNode(request)) is { } wrong) return wrong;

        var operation = Operation.Of(
            request.Caller, "register", request.StorageUrl, request.Hardware, request.Site, request.CapacityBytes, request.FreeBytes);
        if (Recall(operation) is { } known) return known;

        NoteChanges(request);
        if (!Exists) State.RegisteredAt = Now;
        State.Name = Key.Node;
        State.StorageUrl = request.StorageUrl;
        State.Hardware = request.Hardware;
        State.Site = request.Site;
        State.CapacityBytes = request.CapacityBytes;
        State.FreeBytes = request.FreeBytes;
        State.Operations.Remember(operation);
        await WriteSeenAsync();
        LogNodeRegistered(Key, State.StorageUrl);
        return Reply<NodeView>.Done(Shown!);
    }

    public async Task<Reply<NodeView>> BeatAsync(NodeBeat request, CancellationToken cancellation)
    {
        if ((Check.Bytes(request.CapacityBytes, "capacity") ?? Check.Bytes(request.FreeBytes, "free space")
            ?? Check.That(request.Vaults >= 0, "vaults-invalid", "The number of vaults is 0 or more.")) is { } wrong)
        {
            return wrong;
        }

        if (!Exists) return NodeUnknown;

        State.CapacityBytes = request.CapacityBytes;
        State.FreeBytes = request.FreeBytes;
        State.Vaults = request.Vaults;
        State.LastSeenAt = Now;
        var overdue = TellOverdue();
        if (overdue || State.LastSeenAt - writtenAt >= WriteEvery) await WriteSeenAsync();
        else Show();
        return Reply<NodeView>.Done(Shown!);
    }

    public Task<Reply<NodeView>> ReadAsync(CancellationToken cancellation) =>
        Task.FromResult(Shown is { } view ? Reply<NodeView>.Done(view) : Unknown.Node);

    protected override NodeView ToView(long version) => State.ToView(version);

    protected override void Show()
    {
        base.Show();
        shownWork = [.. State.Work.OrderBy(work => work.EnqueuedAt).Select(work => work.ToView())];
    }

    private static Refusal? CheckNode(RegisterNode request) =>
        Check.That(
            Uri.TryCreate(request.StorageUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0,
            "storage-url-invalid", "The storage address must be an absolute http or https URL without credentials.")
        ?? Check.Text(request.StorageUrl, "storage address", 1, 300)
        ?? Check.Text(request.Hardware, "hardware identity", 1, 100)
        ?? Check.Text(request.Site, "site identity", 1, 100)
        ?? Check.Bytes(request.CapacityBytes, "capacity")
        ?? Check.Bytes(request.FreeBytes, "free space");

    private void NoteChanges(RegisterNode request)
    {
        if (Exists && (State.StorageUrl, State.Hardware, State.Site) == (request.StorageUrl, request.Hardware, request.Site)) return;
        Note(LogKey.Provider, Exists ? "node.changed" : "node.registered", request.Caller,
            ("storageUrl", request.StorageUrl), ("hardware", request.Hardware), ("site", request.Site));
    }

    private async Task WriteSeenAsync()
    {
        State.LastSeenAt = Now;
        await SaveAsync();
        writtenAt = State.LastSeenAt;
    }
}
