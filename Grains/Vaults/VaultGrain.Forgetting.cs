using BackupOnline.Grains.Interfaces.Replies;
using BackupOnline.Grains.Interfaces.Vaults;
using BackupOnline.Grains.Records;
using BackupOnline.Grains.Requests;

namespace BackupOnline.Grains.Vaults;

/// <summary>Orders to forget, each by name and with its reason; who decides on them knows the retention rule, this grain does not.</summary>
internal sealed partial class VaultGrain
{
    private const int MostForgottenAtOnce = 1000;

    private const int MostToForget = 10_000;

    public async Task<Reply<VaultView>> ForgetAsync(ForgetSnapshots request, CancellationToken cancellation)
    {
        if ((Check.Caller(request.Caller) ?? CheckForget(request)) is { } wrong) return wrong;
        if (!Exists) return Unknown.Vault;
        if (!State.Hot) return NotHot;
        if (State.KeyReadyAt is null) return KeyNotReady;

        var operation = Operation.Of(request.Caller, "forget", [.. request.Snapshots.SelectMany(s => (string[])[s.Snapshot, s.Reason])]);
        if (Recall(operation) is { } known) return known;

        var ordered = State.ToForget.Select(s => s.Snapshot).ToHashSet(StringComparer.Ordinal);
        var fresh = request.Snapshots.Where(s => ordered.Add(s.Snapshot)).ToList();
        if (State.ToForget.Count + fresh.Count > MostToForget)
        {
            return Refusal.Unavailable("too-many-to-forget", $"The storage node has not forgotten the last {MostToForget} snapshots yet. Try again later.");
        }

        foreach (var snapshot in fresh)
        {
            Note(Key.Tenant, "snapshot.forget-ordered", request.Caller, ("snapshot", snapshot.Snapshot), ("reason", snapshot.Reason));
        }

        State.ToForget.AddRange(fresh);
        State.PruneWanted |= fresh.Count > 0;
        State.Operations.Remember(operation);
        await SaveAsync();
        await AskStorageAsync();
        return Reply<VaultView>.Done(Shown!);
    }

    public async Task<Reply<VaultView>> ReportForgottenAsync(ReportForgotten request, CancellationToken cancellation)
    {
        if (Check.That(!request.Snapshots.IsDefault && request.Snapshots.All(Check.IsHash), "snapshot-invalid", "A snapshot's name is a SHA-256: 64 hexadecimal digits, lower case.") is { } wrong)
        {
            return wrong;
        }

        if (WhyNotMine(request.Node) is { } elsewhere) return elsewhere;
        var names = request.Snapshots.ToHashSet(StringComparer.Ordinal);
        var gone = State.ToForget.Where(s => names.Contains(s.Snapshot)).ToList();
        if (gone.Count == 0) return Reply<VaultView>.Repeated(Shown!);

        foreach (var snapshot in gone)
        {
            Note(Key.Tenant, "snapshot.forgotten", Worker, ("snapshot", snapshot.Snapshot), ("reason", snapshot.Reason));
        }

        State.ToForget.RemoveAll(s => names.Contains(s.Snapshot));
        await SaveAsync();
        return Reply<VaultView>.Done(Shown!);
    }

    public async Task<Reply<VaultView>> ReportPrunedAsync(ReportPruned request, CancellationToken cancellation)
    {
        if (WhyNotMine(request.Node) is { } elsewhere) return elsewhere;
        State.PruneWanted = State.ToForget.Count > 0;
        Note(Key.Tenant, "vault.pruned", Worker,
            ("snapshots", request.Snapshots),
            ("removedPacks", request.RemovedPacks),
            ("removedBytes", request.RemovedBytes),
            ("repackedPacks", request.RepackedPacks));
        await SaveAsync();
        return Reply<VaultView>.Done(Shown!);
    }

    private static Refusal? CheckForget(ForgetSnapshots request) =>
        Check.That(
            !request.Snapshots.IsDefaultOrEmpty && request.Snapshots.Length <= MostForgottenAtOnce,
            "snapshots-invalid", $"Name 1 to {MostForgottenAtOnce} snapshots at a time.")
        ?? Check.That(request.Snapshots.All(s => Check.IsHash(s.Snapshot)), "snapshot-invalid", "A snapshot is named by its whole name: a SHA-256, 64 hexadecimal digits, lower case.")
        ?? request.Snapshots.Select(s => Check.Text(s.Reason, "reason", 1, 200)).FirstOrDefault(refusal => refusal is not null);
}
