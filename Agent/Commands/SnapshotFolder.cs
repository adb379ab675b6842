using BackupOnline.Agent.Exits;
using BackupOnline.Engine.Files;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Repositories;
using BackupOnline.Engine.Snapshots;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Agent.Commands;

/// <summary>restic's SNAPSHOT:FOLDER: only that folder, without its parents.</summary>
internal static class SnapshotFolder
{
    public static (string Snapshot, string? Folder) Split(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (name, null) : (name[..colon], name[(colon + 1)..]);
    }

    public static async Task<BlobId> TreeAsync(Repository repository, Snapshot snapshot, string? folder, CancellationToken cancellation)
    {
        if (folder is null)
            return snapshot.Tree;
        var wanted = RawPath.FromText(folder).MakeAbsolute(RawPath.Root);
        if (wanted == RawPath.Root)
            return snapshot.Tree;
        return await TreePath.FindAsync(repository, snapshot.Tree, wanted, cancellation) is { Type: NodeType.Folder, Subtree: { } tree }
            ? tree
            : throw new AgentStop(ExitCode.Fatal, RunSentences.NotAFolder, folder, snapshot.Id.ToString()[..8]);
    }
}
