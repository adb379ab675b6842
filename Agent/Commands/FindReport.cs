using System.Text.Json;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Screens;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Finding;
using BackupOnline.Engine.Index;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Agent.Commands;

/// <summary>Prints what is found as it is found. With --json all of it is one array, as restic's, written piece by piece.</summary>
internal sealed class FindReport(Screen screen, bool details)
{
    private readonly HashSet<(BlobType Type, Engine.Ids.BlobId Id)> _placed = [];
    private Snapshot? _snapshot;
    private long _hits;
    private bool _begun;

    public void Found(Snapshot snapshot, TreeItem item)
    {
        if (_snapshot != snapshot)
        {
            EndSnapshot();
            (_snapshot, _hits) = (snapshot, 0);
            if (screen.Json)
                Piece("{\"matches\":[");
            else
                screen.Tell(FindSentences.InSnapshot, snapshot.Id.ToString(), snapshot.Time.ToLocalTime());
        }

        if (screen.Json)
            screen.Result((_hits > 0 ? "," : "") + JsonSerializer.Serialize(FoundNodePart.Of(item), AgentJson.Lines.FoundNodePart));
        else
            screen.Result(NodeText.Of(item, details));
        _hits++;
    }

    /// <param name="snapshot">Where it is used.</param>
    /// <param name="found">What is used.</param>
    /// <param name="places">Where it lies; null: not asked for.</param>
    public void Found(Snapshot snapshot, FoundObject found, IReadOnlyList<BlobLocation>? places)
    {
        if (screen.Json)
        {
            Piece(JsonSerializer.Serialize(FoundObjectPart.Of(found, snapshot, places?.Select(place => place.Pack.ToString()).ToList()), AgentJson.Lines.FoundObjectPart));
            return;
        }

        var (path, id, time) = (PathText.ForScreen(found.Path.ToString()), snapshot.Id.ToString()[..8], snapshot.Time.ToLocalTime());
        screen.Result(found.Type == BlobType.Tree
            ? screen.Speech.Say(FindSentences.FoundTree, found.Id, path, id, time)
            : screen.Speech.Say(FindSentences.FoundBlob, found.Id, path, found.ParentTree, id, time));
        if (places is null || !_placed.Add((found.Type, found.Id)))
            return;
        foreach (var place in places)
            screen.Result(screen.Speech.Say(FindSentences.InPack, found.Id, place.Pack, place.Offset, place.Length));
        if (places.Count == 0)
            screen.Result(screen.Speech.Say(FindSentences.InNoPack, found.Id));
    }

    public void Finish()
    {
        EndSnapshot();
        if (screen.Json)
            screen.Result(_begun ? "]" : "[]");
    }

    private void EndSnapshot()
    {
        if (screen.Json && _snapshot is not null)
            screen.Result($"],\"hits\":{_hits},\"snapshot\":\"{_snapshot.Id}\"}}");
    }

    private void Piece(string json)
    {
        screen.Result((_begun ? "," : "[") + json);
        _begun = true;
    }
}
